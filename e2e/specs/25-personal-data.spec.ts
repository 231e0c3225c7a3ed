import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { escaped, filled, words } from '../pages/words';

const { access_log: accessLog, me, person } = words;

/** What a ZIP begins with. */
const ZIP = 'PK\u0003\u0004';

test('everybody downloads their own data on a phone', async ({ open }) => {
  const teacher = await open('teacher', { context: phone });
  await teacher.goto('/profile');
  const saving = teacher.waitForEvent('download');
  await teacher.getByRole('link', { name: me.data.download }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
  expect((await readFile(await saved.path())).subarray(0, 4).toString('latin1')).toBe(ZIP);
  await teacher.getByRole('link', { name: me.data.consents }).click();
  await expect(teacher).toHaveURL(/\/privacy$/);
});

test('an administrator hands a person’s data out, then erases them for good', async ({ open, api }) => {
  const family = `Прощальная${String(Date.now()).replace(/\d/g, (digit) => 'абвгдежзик'[Number(digit)] ?? '')}`;
  const name = `${family} Инна Олеговна`;
  const admin = await api('admin');
  const added = await admin.json<{ id: string }>(
    admin.send('POST', '/api/people', { familyName: family, givenName: 'Инна', patronymic: 'Олеговна', email: `${Date.now()}@city.example` }),
  );
  const title = `Вечер памяти: ${family} Инна`;
  const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const event = await admin.json<{ id: string }>(
    admin.send('POST', '/api/events', { title, kind: 'staff_meeting', startsAt: soon(60), endsAt: soon(120) }),
  );

  const page = await open('admin');
  await page.goto(`/people/${added.id}`);
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: person.personalData.download }).click();
  expect((await readFile(await (await saving).path())).subarray(0, 4).toString('latin1')).toBe(ZIP);

  await page.getByRole('button', { name: person.personalData.erase }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(person.erase.goes.card)).toBeVisible();
  await expect(dialog.getByText(person.erase.stays.signed)).toBeVisible();
  await expectAccessible(page, 'the dialog that erases a person');
  const typed = dialog.getByLabel(filled(person.erase.name, { name }));
  await dialog.getByLabel(person.erase.reason).fill('Заявление от 1 сентября');
  await typed.fill(family);
  await dialog.getByRole('button', { name: person.erase.do }).click();
  await expect(dialog.getByText(person.erase.nameDiffers)).toBeVisible();
  await typed.fill(name.toLowerCase());
  await dialog.getByRole('button', { name: person.erase.do }).click();

  await expect(page.getByRole('heading', { name: 'Удалённое лицо', level: 1 })).toBeVisible();
  await expect(page.getByText(filled(person.erasedWhy, { reason: 'Заявление от 1 сентября' }))).toBeVisible();
  await expect(page.getByRole('button', { name: person.personalData.erase })).toHaveCount(0);
  await expect(page.getByRole('button', { name: person.change })).toHaveCount(0);
  // Nothing of the name is left: not in the page, not in the event, not in the lists.
  await expect(page.getByText(family)).toHaveCount(0);
  await page.goto(`/meetings/${event.id}`);
  await expect(page.getByRole('heading', { name: 'Вечер памяти: Удалённое лицо', level: 1 })).toBeVisible();
  await page.goto(`/people?q=${encodeURIComponent(family)}&archived=true`);
  await expect(page.getByRole('link', { name: new RegExp(escaped(family)) })).toHaveCount(0);
  await page.goto(`/access-log?subjectId=${added.id}`);
  await expect(page.getByText(accessLog.actions.person.erased)).toBeVisible();
  await expect(page.getByText(accessLog.actions.person.data_taken)).toBeVisible();
});
