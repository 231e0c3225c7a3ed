import type { Locator, Page } from '@playwright/test';
import { escaped, words } from './words';

/** A field by its label alone; what must be filled in has a star behind it. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^${escaped(label)}( \\*)?$`));
}

/** A field that suggests what can be chosen. */
export function chooser(page: Page, label: string): Locator {
  return page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label }));
}

/** Types into a field that suggests, and takes the suggestion. */
export async function pickFrom(page: Page, field: Locator, typed: string, option: string | RegExp): Promise<void> {
  await field.click();
  await field.fill(typed);
  await page.getByRole('option', { name: option }).first().click();
}

export async function pickInstitution(page: Page, name: string): Promise<void> {
  await pickFrom(page, chooser(page, words.shared.pick.institution), name, name);
}

/** The link that the page shows once, to hand on. */
export async function linkShown(page: Page, label: string): Promise<string> {
  return page.getByLabel(label).inputValue();
}
