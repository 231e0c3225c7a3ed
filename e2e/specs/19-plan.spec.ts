import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import ICAL from 'ical.js';
import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { chooser, field } from '../pages/forms';
import { filled, words } from '../pages/words';

const { association, calendar, event, shared } = words;
const repository = fileURLToPath(new URL('../..', import.meta.url));
const run = Date.now().toString(36);

interface Listed {
  readonly items: readonly { readonly title: string; readonly startsAt: string }[];
}

interface Read {
  readonly summary: string;
  readonly description: string;
  readonly start: string;
}

/** The local calendar day so many days from today, 2026-11-24. */
function dayAhead(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(day);
}

/** Takes one of a short list. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await chooser(page, label).first().click();
  await page.getByRole('option', { name: option }).click();
}

/** The feed as Python's `icalendar` reads it. */
function byPython(text: string): Read[] {
  const python = path.join(repository, '.venv', 'bin', 'python');
  const printed = execFileSync(python, [path.join(repository, 'e2e', 'python', 'read_calendar.py')], { input: text });
  return (JSON.parse(printed.toString()) as { events: Read[] }).events;
}

/** The feed as `ical.js` reads it. */
function byScript(text: string): Read[] {
  const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return root.getAllSubcomponents('vevent').map((component) => {
    const read = new ICAL.Event(component);
    return { summary: read.summary, description: read.description ?? '', start: read.startDate.toJSDate().toISOString() };
  });
}

test('the head of an association plans a series, moves one date, and finds both in the calendar and in the feed', async ({
  open,
  api,
}) => {
  const page = await open('teacher2');
  // Commas, semicolons, a backslash and length: what calendars stumble over.
  const title = `Практикум ${run}: физика, химия; опыты \\ приборы и всё, что не помещается в одну строку календаря`;

  await test.step('the page of the association begins a meeting of it', async () => {
    await page.goto('/associations');
    await page.getByRole('link', { name: 'ГМО учителей физики' }).click();
    await expect(page.getByRole('status').filter({ hasText: /не меньше 4/ })).toBeVisible();
    await expectAccessible(page, 'an association');
    await page.getByRole('link', { name: association.year.add }).first().click();
  });

  await test.step('a series of four Mondays or whichever day it is', async () => {
    await field(page, event.form.title).fill(title);
    await expect(chooser(page, event.form.association).first()).toHaveValue('ГМО учителей физики');
    await field(page, event.form.day).fill(dayAhead(8));
    await field(page, event.form.time).fill('15:00');
    await choose(page, event.repeat.label, new RegExp(`^(${Object.values(event.repeat.week).join('|')})$`));
    await field(page, event.repeat.until).fill(dayAhead(30));
    await expect(page.getByText(new RegExp(`^${event.repeat.words.split('{{')[0]}кажд`))).toBeVisible();
    await expectAccessible(page, 'the form of a meeting');
    await page.getByRole('button', { name: event.plan }).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByText(event.partOfSeries)).toBeVisible();
    await expectAccessible(page, 'the page of a meeting');
  });

  const list = `/calendar?view=list&day=${dayAhead(8)}&mine=true`;
  const planned = page.getByRole('link', { name: title });
  await test.step('the calendar shows all four', async () => {
    await page.goto(list);
    await expect(planned).toHaveCount(4);
  });

  await test.step('one date moves by a day and an hour, alone', async () => {
    await planned.nth(1).click();
    await page.getByRole('link', { name: event.change, exact: true }).click();
    await expect(page.getByRole('radio', { name: event.scope.this })).toBeChecked();
    await field(page, event.form.day).fill(dayAhead(16));
    await field(page, event.form.time).fill('16:00');
    await page.getByRole('button', { name: shared.actions.save }).click();
    await expect(page.getByText(event.changed)).toBeVisible();
  });

  const api2 = await api('teacher2');
  const span = `from=${dayAhead(7)}T00:00:00Z&to=${dayAhead(40)}T00:00:00Z`;
  const listed = await api2.json<Listed>(api2.get(`/api/calendar?${span}&mine=true`));
  const starts = listed.items.filter((one) => one.title === title).map((one) => one.startsAt);
  const expected = [
    [8, '12:00'],
    [16, '13:00'],
    [22, '12:00'],
    [29, '12:00'],
  ].map(([days, time]) => `${dayAhead(Number(days))}T${time}:00Z`);
  expect(starts).toEqual(expected);

  await test.step('month and week show it too, on a phone as well', async () => {
    await page.goto(`/calendar?day=${dayAhead(16)}&mine=true`);
    await expect(planned.first()).toBeVisible();
    await expectAccessible(page, 'the calendar by month');
    await page.goto(`/calendar?view=week&day=${dayAhead(16)}&mine=true`);
    await expect(planned.first()).toBeVisible();
    const small = await open('teacher2', { context: phone });
    await small.goto(`/calendar?day=${dayAhead(16)}&mine=true`);
    await small.getByRole('link', { name: new RegExp(`: ${filled(calendar.count_one, { count: 1 })}`) }).first().click();
    await expect(small.getByRole('heading', { level: 3 }).or(small.getByRole('listitem')).first()).toBeVisible();
    const overflow = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  await test.step('two parsers not written here read the feed alike', async () => {
    await page.goto('/calendar');
    await page.getByRole('button', { name: calendar.feed.open }).click();
    await page.getByRole('button', { name: calendar.feed.make }).click();
    const address = new URL(await page.getByLabel(calendar.feed.address).inputValue());
    const stranger = await open('anonymous');
    const answer = await stranger.request.get(address.pathname);
    expect(answer.headers()['content-type']).toContain('text/calendar');
    const text = await answer.text();
    for (const read of [byPython(text), byScript(text)]) {
      const mine = read.filter((one) => one.summary === title);
      expect(mine.map((one) => new Date(one.start).toISOString().replace('.000', ''))).toEqual(expected);
    }
  });
});
