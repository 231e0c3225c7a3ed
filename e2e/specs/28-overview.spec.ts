import { expectAccessible } from '../harness/axe';
import { narrow } from '../harness/browser';
import { expect, test } from '../harness/test';
import { words } from '../pages/words';

const { overview, shared } = words;

test('the committee sees what waits and its schools side by side, and opens one', async ({ open }) => {
  const page = await open('official');
  await page.goto('/');
  await page.getByRole('link', { name: shared.nav.overview }).click();
  await expect(page.getByRole('heading', { name: words.project.waiting.title })).toBeVisible();
  const table = page.getByRole('table', { name: overview.institutions.title });
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page, 'the overview of the city');
  const head = table.getByRole('columnheader', { name: overview.institutions.name });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const names = await table.getByRole('link').allTextContents();
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect(await table.getByRole('link').allTextContents()).toEqual([...names].reverse());

  const first = table.getByRole('link').first();
  const name = (await first.textContent()) ?? '';
  await first.click();
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: overview.people.title })).toBeVisible();
});

test('a coordinator sees the own school alone', async ({ open }) => {
  const page = await open('coordinator', { context: narrow });
  await page.goto('/overview');
  for (const title of [overview.people.title, overview.kits.title, overview.month.title]) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  }
  await expect(page.getByRole('table', { name: overview.institutions.title })).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expectAccessible(page, 'the overview of a school');
  // The server holds the border, whatever the address says.
  expect((await page.request.get('/api/overview')).status()).toBe(403);
});

test('a teacher is told on the home page when the next document is due', async ({ open }) => {
  const page = await open('teacher');
  await page.goto('/');
  await expect(page.getByRole('region', { name: overview.mine.title })).toBeVisible();
  await page.goto('/overview');
  await expect(page.getByRole('heading', { name: shared.errors.notFound.title })).toBeVisible();
});
