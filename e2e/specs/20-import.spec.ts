import type { Page } from '@playwright/test';
import { expect, test } from '../harness/test';
import { filled, words } from '../pages/words';

const { imports } = words;
/** Names of this run: the data of the run before may still be there when one works on a scenario. */
const run = Array.from(Date.now().toString(), (digit) => 'абвгдежзик'[Number(digit)]).join('');

interface Found {
  readonly total: number;
  readonly items: readonly { readonly id: string; readonly name: string }[];
}

async function choose(page: Page, lines: readonly string[]): Promise<void> {
  await page.goto('/import');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'люди.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await expect(page.getByRole('table', { name: imports.columns.title })).toBeVisible();
}

test('a file with errors writes nothing and names each line; mended it comes in, and undone it goes', async ({ open, api }) => {
  const admin = await api('admin');
  const schools = await admin.json<Found>(admin.get('/api/institutions?q=Школа&perPage=1'));
  const school = `"${(schools.items[0]?.name ?? '').replaceAll('"', '""')}"`;
  const people = () => admin.json<Found>(admin.get(`/api/people?q=${encodeURIComponent(`Файлова${run}`)}`));
  // The header of the name says nothing: a person tells what is in it.
  const head = 'Кто у нас;Дата рождения;Учреждение;Должность;Работает с';
  const good = `Файлова${run} Ольга Петровна;1 мая 1980 г.;${school};Учитель;01.09.2016`;
  const page = await open('admin');
  const tell = async () => {
    await page.getByRole('combobox', { name: filled(imports.columns.meaningOf, { column: 'Кто у нас' }) }).click();
    await page.getByRole('option', { name: 'ФИО' }).click();
  };

  await test.step('errors are told line by line', async () => {
    await choose(page, [head, good, `;;${school};Учитель;`, `Чужая${run} Инна;31.02.1980;Нет такой школы;Учитель;`]);
    await tell();
    await page.getByRole('button', { name: filled(imports.check_few, { count: 3 }) }).click();
    const faults = page.getByRole('table', { name: imports.report.title });
    await expect(faults.getByRole('row')).toHaveCount(3);
    // Lines as the person counts them in the file: its head is the first.
    await expect(faults.getByRole('row').nth(1)).toHaveText(/^3(?!\d)/);
    await expect(faults.getByRole('row').nth(2)).toHaveText(/^4(?!\d)/);
    await expect(faults.getByRole('row').nth(2)).toContainText('31.02.1980');
    await expect(page.getByRole('button', { name: filled(imports.run_one, { count: 1 }) })).toBeHidden();
  });

  await test.step('mended, all of it comes in', async () => {
    await choose(page, [head, good]);
    await tell();
    await page.getByRole('button', { name: filled(imports.check_one, { count: 1 }) }).click();
    await page.getByRole('button', { name: filled(imports.run_one, { count: 1 }) }).click();
    await expect(page.getByText(filled(imports.outcome.done_one, { count: 1 }))).toBeVisible();
    expect((await people()).total).toBe(1);
  });

  await test.step('undone, it is gone', async () => {
    await page.getByRole('button', { name: imports.undo.do }).click();
    await page.getByRole('dialog').getByRole('button', { name: imports.undo.confirm }).click();
    await expect(page.getByText(imports.outcome.undone)).toBeVisible();
    expect((await people()).total).toBe(0);
  });

  await test.step('what the columns meant is remembered', async () => {
    await choose(page, [head, good]);
    await expect(page.getByText(imports.columns.remembered)).toBeVisible();
  });
});
