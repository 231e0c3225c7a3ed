import { expectAccessible } from '../harness/axe';
import { narrow } from '../harness/browser';
import { expect, test } from '../harness/test';
import { field } from '../pages/forms';
import { filled, words } from '../pages/words';

const { project } = words;

/** A field that no passport has, between two that every passport has. */
const text = 'Наименование проекта:\tПлатформа города\nКуратор:\tпока не назначен\nСрок реализации:\tапрель 2017 – декабрь 2017\n';

test('a passport is read from a document, and goes into the form only when it is taken', async ({ open }) => {
  const page = await open('admin');
  // The platform's own paper is a passport of the usual form.
  const paper = await page.request.get('/api/project/papers/passport?format=docx');
  await page.goto('/project/edit');
  const goal = await field(page, project.fields.goal).inputValue();
  await page.getByRole('link', { name: project.reading.open }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: project.reading.upload }).click();
  await (await chooser).setFiles({ name: 'паспорт.docx', mimeType: 'application/octet-stream', buffer: await paper.body() });
  await expect(page.getByText(project.reading.nothingUnread)).toBeVisible();
  const indicators = page.getByRole('region', { name: project.fields.indicators });
  await expect(indicators).toContainText('4 кв. 2017: 88 %');
  await expect(page.getByRole('region', { name: project.fields.stages })).toContainText('2.1');
  // The careful reader reads it too.
  await expect(page.getByRole('article').filter({ hasText: 'В названии показателя 1 стоит 100%' })).toBeVisible();
  await expectAccessible(page, 'a passport that was read');

  await page.getByRole('button', { name: project.reading.again }).click();
  await page.getByLabel(project.reading.paste).fill(text);
  await page.getByRole('button', { name: project.reading.readText }).click();
  const unread = page.getByRole('region', { name: project.reading.unread });
  const piece = unread.getByRole('article').filter({ hasText: 'пока не назначен' });
  await expect(piece).toContainText(project.reading.why.unknownField);
  await expect(page.getByText(/^На бумаге не нашлось: .*Риски\.$/)).toBeVisible();

  await page.getByRole('button', { name: project.reading.take }).click();
  await expect(field(page, project.fields.title).first()).toHaveValue('Платформа города');
  // What the paper does not say stays.
  await expect(field(page, project.fields.goal)).toHaveValue(goal);
  await expect(page.getByText(filled(project.reading.stillUnread_one, { count: 1 }))).toBeVisible();

  // An approved passport changes by a request only.
  await field(page, project.save.title).fill('Название проекта');
  await field(page, project.save.reason).fill('Как на бумаге');
  await page.getByRole('button', { name: project.save.makeRequest }).click();
  const changes = page.getByRole('table', { name: project.changes.list });
  await expect(changes.getByRole('row', { name: /Платформа города/ })).toBeVisible();
  await page.getByRole('button', { name: project.requests.remove }).click();
  await page.getByRole('dialog').getByRole('button', { name: project.requests.remove }).click();
  await expect(page).toHaveURL(/\/project\/changes$/);
});

test('a paper is read on the narrowest screen, and what is no paper is refused in words', async ({ open }) => {
  const page = await open('admin', { context: narrow });
  await page.goto('/project/edit?paper=true');
  const send = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: project.reading.upload }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  };
  await send('снимок.docx', Buffer.from([0, 1, 2, 3]));
  await expect(page.getByText('Этот файл не читается')).toBeVisible();
  await page.getByLabel(project.reading.paste).fill(text);
  await page.getByRole('button', { name: project.reading.readText }).click();
  await expect(page.getByRole('heading', { name: project.reading.unread })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
