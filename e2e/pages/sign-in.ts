import { expect, type Page } from '@playwright/test';
import { words } from './words';

const { signIn: texts, consent } = words.session;

export async function fillSignIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(texts.login).fill(login);
  await page.getByLabel(texts.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: texts.submit, exact: true }).click();
}

/** Signs in and, where it is the first time, agrees to the notice; ends on the home page. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await fillSignIn(page, login, password);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const agree = page.getByRole('checkbox', { name: consent.agree });
  const account = page.getByRole('button', { name: /^Учётная запись/ });
  await expect(agree.or(account).first()).toBeVisible();
  if (await agree.isVisible()) await giveConsent(page);
  await expect(account).toBeVisible();
}

export async function giveConsent(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: consent.agree }).check();
  await page.getByRole('button', { name: words.shared.actions.continue }).click();
}
