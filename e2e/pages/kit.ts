import { expect, type Page } from '@playwright/test';
import type { Meeting } from '../harness/api';
import { words } from './words';

const { kit, presence } = words;

/** Registers a kit and pairs `screen` with it, touching the keys on the screen. */
export async function pairKit(coordinator: Page, screen: Page): Promise<void> {
  await coordinator.goto('/kits');
  await coordinator.getByRole('button', { name: kit.add }).first().click();
  await coordinator.getByLabel(kit.columns.name).fill('Комплект 1');
  await coordinator.getByLabel(kit.columns.place).fill('Кабинет 12');
  await coordinator.getByRole('button', { name: kit.register, exact: true }).click();
  await coordinator.getByRole('button', { name: 'Комплект 1' }).click();
  await coordinator.getByRole('button', { name: kit.pairing.code }).click();
  const code = (await coordinator.getByTestId('pairing-code').innerText()).replaceAll(/[^A-Z0-9]/g, '');
  await screen.goto('/kit');
  for (const key of code) await screen.getByRole('button', { name: key, exact: true }).click();
  await screen.getByRole('button', { name: kit.kiosk.doPair }).click();
  await expect(screen.getByRole('heading', { name: kit.kiosk.none })).toBeVisible();
}

export async function inviteKit(host: Page, meeting: Pick<Meeting, 'id'>): Promise<void> {
  await host.goto(`/meetings/${meeting.id}/kits`);
  await host.getByRole('combobox', { name: presence.kits.choose }).click();
  await host.getByRole('option', { name: /Комплект 1/ }).click();
  await host.getByRole('button', { name: presence.kits.invite }).click();
  await expect(host.getByRole('heading', { name: 'Комплект 1' })).toBeVisible();
}

/** One who sits before the kit points a phone at the code on its screen. */
export async function confirmHere(person: Page, screen: Page): Promise<void> {
  const code = screen.getByTestId('qr');
  await expect(code).toBeVisible();
  const url = await code.getAttribute('data-text');
  if (!url) throw new Error('the screen shows no code');
  await person.goto(new URL(url).pathname);
  await person.getByRole('button', { name: presence.confirm.here }).click();
  await expect(person.getByTestId('confirmed')).toBeVisible();
}
