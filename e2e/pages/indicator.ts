import { expect, type APIResponse, type Page } from '@playwright/test';
import { words } from './words';

const { indicator } = words;

export interface Figure {
  readonly key: string;
  readonly counted: number;
  readonly members: number;
}

export interface Member {
  readonly id: string;
  readonly proofs: readonly { readonly kind: string; readonly id: string; readonly uncounted: string | null }[];
}

/** The body of a success. */
export async function body<T>(asked: Promise<APIResponse>): Promise<T> {
  const answer = await asked;
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as T;
}

export async function figure(page: Page, key: string, day?: string): Promise<Figure> {
  const list = await body<{ items: Figure[] }>(page.request.get(`/api/indicators${day ? `?day=${day}` : ''}`));
  const found = list.items.find((one) => one.key === key);
  if (!found) throw new Error(`no indicator ${key}`);
  return found;
}

/** Makes the document of somebody who is counted by it alone one of 15 hours: too few. */
export async function shortenOnlyDocument(admin: Page, day: string): Promise<void> {
  const list = await body<{ items: Member[] }>(
    admin.request.get(`/api/indicators/qualification/members?day=${day}&shown=counted&perPage=100`),
  );
  const one = list.items.find(({ proofs }) => proofs.length === 1);
  if (!one) throw new Error('everybody has two documents');
  const documents = await body<{ items: Record<string, unknown>[] }>(admin.request.get(`/api/people/${one.id}/documents`));
  const document = documents.items.find(({ id }) => id === one.proofs[0]?.id);
  const edited = await admin.request.put(`/api/documents/${one.proofs[0]?.id}`, {
    data: { ...document, kind: 'certificate', hours: 15 },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(edited.ok(), await edited.text()).toBe(true);
}

/** Opens an indicator's quarters as they stand for a day. */
export async function quartersOf(page: Page, key: string, day: string): Promise<void> {
  await page.goto(`/indicators/${key}?day=${day}`);
  await page.getByRole('tab', { name: indicator.tabs.quarters }).click();
}
