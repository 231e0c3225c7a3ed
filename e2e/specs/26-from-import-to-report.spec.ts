import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { Api } from '../harness/api';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { figure, quartersOf, shortenOnlyDocument } from '../pages/indicator';
import { joinCall } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { event, imports, indicator, project } = words;

const PEOPLE = 5_000;
const TRAINED = 4_900;
const YEAR = 2017;
/** The last quarter of the founding passport, which the demo has not signed. */
const last = { quarter: 4, year: YEAR };
const lastDay = '2017-12-31';

/** A name of letters alone for each number. */
function fullName(number: number): string {
  const letters = Array.from(String(number).padStart(4, '0'), (digit) => 'абвгдежзик'[Number(digit)]);
  return `Приезжева${letters.join('')} Анна Ильинична`;
}

function table(head: string, rows: number, row: (number: number) => string): string {
  return [head, ...Array.from({ length: rows }, (_, number) => row(number))].join('\n');
}

/** Brings a table in by its page, from the file to «written». */
async function bringIn(page: Page, kind: 'people' | 'documents', text: string, rows: number): Promise<void> {
  await page.goto('/import');
  if (kind === 'documents') await page.getByRole('radio', { name: imports.kinds.documents }).check();
  await page.locator('input[type="file"]').setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: filled(imports.check_many, { count: rows }) }).click({ timeout: 30_000 });
  if (kind === 'documents') await page.getByRole('checkbox', { name: imports.verified }).check();
  await page.getByRole('button', { name: filled(imports.run_many, { count: rows }) }).click({ timeout: 30_000 });
  await expect(page.getByText(filled(imports.outcome.done_many, { count: rows }))).toBeVisible({ timeout: 60_000 });
}

/** What the page of plan and fact shows: plan and fact of each quarter of each indicator. */
async function onScreen(page: Page): Promise<string[]> {
  await page.goto('/project/figures');
  const rows = page.getByRole('row', { name: /^\d квартал 2017 года/ });
  await expect(rows.first()).toBeVisible();
  const cells = await rows.evaluateAll((all) => all.map((row) => Array.from(row.querySelectorAll('td'), (cell) => cell.textContent ?? '')));
  return cells.map(([quarter = '', plan = '', fact = '']) => [quarter.slice(0, 1), figureOf(plan), figureOf(fact)].join(' '));
}

/** The same from the final report, which names quarters before the project too. */
async function inReport(page: Page): Promise<string[]> {
  const answer = await page.request.get('/api/project/papers/final-report?format=pdf', { headers: { 'accept-language': 'ru' } });
  expect(answer.ok(), await answer.text()).toBe(true);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await answer.body(), encoding: 'utf8' });
  const numbers: Readonly<Record<string, string>> = { I: '1', II: '2', III: '3', IV: '4' };
  return Array.from(text.matchAll(/\b(I{1,3}|IV) кв\. 2017\s+(\S+)\s+(\S+)/g), ([, quarter = '', plan = '', fact = '']) =>
    [numbers[quarter], figureOf(plan), figureOf(fact)].join(' '),
  ).filter((row) => row !== '1 – –');
}

/** A figure without its unit; a dash of either kind is one. */
function figureOf(text: string): string {
  const figure = text.replace(/[\s%]/g, '');
  return /^[-–—‒]?$/.test(figure) ? '–' : figure;
}

test('from a table of five thousand people to the final report, with a talk, a signature and its correction', async ({ open, playwright }) => {
  test.setTimeout(180_000);
  // Of its own: the city grows and the project's last quarter is signed.
  const server = await Kafedra.start({ name: 'import-to-report' });
  const origin = server.url;
  try {
    const admin = await open('admin', { origin });
    const official = await open('official', { origin });
    const before = await figure(official, 'dissemination');

    await test.step('people and their documents come in', async () => {
      const head = 'ФИО;Дата рождения;Учреждение;Должность;Работает с';
      const schools = await admin.request.get('/api/institutions?q=Школа&perPage=30');
      const names = ((await schools.json()) as { items: { name: string }[] }).items.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
      const people = table(head, PEOPLE, (n) => `${fullName(n)};${1 + (n % 28)}.03.1980;${names[n % names.length]};Учитель;01.09.2016`);
      await bringIn(admin, 'people', people, PEOPLE);
      const papers = 'ФИО;Дата рождения;Регистрационный номер;Кем выдан;Дата выдачи;Вид документа;Часы';
      const documents = table(papers, TRAINED, (n) => `${fullName(n)};${1 + (n % 28)}.03.1980;У-${n};ИРО;01.11.2017;удостоверение;72`);
      await bringIn(admin, 'documents', documents, TRAINED);
      expect((await figure(official, 'dissemination')).members).toBe(before.members + PEOPLE);
      expect((await figure(official, 'qualification', lastDay)).counted).toBe(TRAINED);
    });

    await test.step('a confirmed talk before two institutions raises the second indicator', async () => {
      const [host, speaker] = [await open('methodist', { origin }), await open('teacher', { origin })];
      const listeners = [await open('director', { origin }), await open('official', { origin })];
      const request = await playwright.request.newContext({
        baseURL: origin,
        extraHTTPHeaders: { origin, 'accept-language': 'ru' },
        storageState: await host.context().storageState(),
      });
      const api = new Api(request);
      const meeting = await api.startMeeting('Мастер-класс для отчёта');
      const me = await api.json<{ person: { id: string } }>(speaker.request.get('/api/me'));
      await api.json(api.send('POST', `/api/events/${meeting.id}/roles`, { personId: me.person.id, role: 'speaker', topic: 'Дроби' }));
      const call = await joinCall(host, meeting);
      await joinCall(speaker, meeting);
      for (const listener of listeners) await joinCall(listener, meeting);
      await call.endForAll();
      await expect(speaker.getByRole('heading', { name: words.room.over.ended.title })).toBeVisible();
      expect((await figure(official, 'dissemination')).counted, 'nobody has confirmed it').toBe(before.counted);
      await host.goto(`/meetings/${meeting.id}`);
      await host.getByRole('button', { name: event.roles.confirm }).first().click();
      await expect(host.getByText(event.roles.confirmed).first()).toBeVisible();
      await expect.poll(async () => (await figure(official, 'dissemination')).counted).toBe(before.counted + 1);
      await official.goto('/indicators');
      const card = official.getByRole('region', { name: indicator.names.dissemination });
      const line = { counted: before.counted + 1, members: before.members + PEOPLE };
      await expect(card).toContainText(filled(indicator.countedOf, line));
      await api.dispose();
      for (const page of [host, speaker, ...listeners]) await page.close();
    });

    const period = official.locator('main .mantine-Paper-root').filter({ hasText: `${last.quarter} квартал ${YEAR}` });
    const row = official.getByRole('table', { name: /^Увеличение до 100%/ }).getByRole('row', { name: /^4 квартал/ });
    await test.step('the last quarter is counted by the platform, and signed', async () => {
      await official.goto('/project/figures');
      await official.getByRole('button', { name: filled(project.figures.enterFor, { indicator: 1, ...last }) }).click();
      await official.getByRole('dialog').getByRole('button', { name: project.figures.remove }).click();
      await expect(row).toContainText(project.figures.sources.computed);
      await period.getByRole('button', { name: project.periods.sign, exact: true }).click();
      await official.getByRole('dialog').getByRole('button', { name: project.periods.sign }).click();
      await expect(period).toContainText(filled(project.periods.signed, { revision: 1 }));
    });

    const first = await onScreen(official);
    expect(await inReport(official), 'the report says what the screen does').toEqual(first);

    await test.step('a document is corrected: what was signed stays, until a second revision', async () => {
      await shortenOnlyDocument(admin, lastDay);
      expect(await onScreen(official)).toEqual(first);
      await quartersOf(official, 'qualification', lastDay);
      const card = official.locator('main .mantine-Paper-root').filter({ hasText: filled(indicator.quarterOf, last) });
      await card.getByRole('button', { name: indicator.sign.correct }).click();
      const dialog = official.getByRole('dialog');
      await dialog.getByLabel(indicator.sign.reason).fill('В документе 15 часов');
      await dialog.getByRole('button', { name: indicator.sign.correct }).click();
      await expect(card).toContainText('В документе 15 часов');
      await official.goto('/project/figures');
      await period.getByRole('button', { name: project.periods.again }).click();
      await dialog.getByLabel(project.correction.reason).fill('Документ исправлен');
      await dialog.getByRole('button', { name: project.periods.sign }).click();
      await expect(period).toContainText(filled(project.periods.signed, { revision: 2 }));
      await expect(period).toContainText('Документ исправлен');
    });

    const second = await onScreen(official);
    expect(second).not.toEqual(first);
    expect(second.filter((one, place) => one !== first[place])).toHaveLength(1);
    expect(await inReport(official), 'and so does its correction').toEqual(second);
  } finally {
    await server.dispose();
  }
});
