import { expect, test } from 'vitest';
import { isoDay } from '@/shared/lib/dates';
import { parseCalendarSearch } from '../routes/search';
import { daysOf, spanOf, step } from './span';

const day = (text: string) => new Date(`${text}T12:00:00`);

test('a month is shown in whole weeks from Monday to Sunday', () => {
  const days = daysOf(spanOf('month', day('2026-11-24'))).map(isoDay);
  expect(days[0]).toBe('2026-10-26');
  expect(days.at(-1)).toBe('2026-12-06');
  expect(days.length % 7).toBe(0);
  expect(new Set(days).size).toBe(days.length);
});

test('a Sunday belongs to the week that began before it', () => {
  expect(isoDay(spanOf('week', day('2026-11-29')).from)).toBe('2026-11-23');
});

test('the month after 31 January is February', () => {
  expect(isoDay(step('month', day('2027-01-31'), 1))).toBe('2027-02-01');
  expect(isoDay(step('week', day('2026-12-30'), 1))).toBe('2027-01-06');
});

test('an address that says nonsense shows this month', () => {
  expect(parseCalendarSearch({ view: 'year', day: 'вчера', kind: 'party', mine: 'да' })).toEqual({});
  expect(parseCalendarSearch({ view: 'week', day: '2026-11-24', kind: 'webinar', mine: true })).toEqual({
    view: 'week',
    day: '2026-11-24',
    kind: 'webinar',
    mine: true,
  });
});
