import type { Locator, Page } from '@playwright/test';
import { words } from './words';

/** Types into a field that suggests, and takes the suggestion. */
export async function pickFrom(page: Page, field: Locator, typed: string, option: string | RegExp): Promise<void> {
  await field.click();
  await field.fill(typed);
  await page.getByRole('option', { name: option }).first().click();
}

export async function pickInstitution(page: Page, name: string): Promise<void> {
  await pickFrom(page, page.getByRole('textbox', { name: words.shared.pick.institution }), name, name);
}

/** The link that the page shows once, to hand on. */
export async function linkShown(page: Page, label: string): Promise<string> {
  return page.getByLabel(label).inputValue();
}
