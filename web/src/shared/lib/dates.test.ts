import { expect, test } from 'vitest';
import { formatSpan, isoDay, momentOf, nextQuarter } from './dates';

test('a span within one day names the times only', () => {
  const span = formatSpan(new Date(2026, 10, 24, 14, 5).toISOString(), new Date(2026, 10, 24, 15, 30).toISOString(), 'ru');
  expect(span).toBe('14:05–15:30');
});

test('a span over midnight names both days', () => {
  const span = formatSpan(new Date(2026, 10, 24, 23, 0).toISOString(), new Date(2026, 10, 25, 1, 0).toISOString(), 'ru');
  expect(span).toContain('24 ноября');
  expect(span).toContain('25 ноября');
});

test('a day and a time make a local moment', () => {
  expect(momentOf('2026-11-24', '9:30')).toEqual(new Date(2026, 10, 24, 9, 30));
});

test('half-typed input makes no moment', () => {
  expect(momentOf('2026-11', '09:30')).toBeNull();
  expect(momentOf('2026-11-24', '')).toBeNull();
});

test('a new meeting starts at a quarter that can still be reached', () => {
  expect(nextQuarter(new Date(2026, 10, 24, 14, 1))).toEqual(new Date(2026, 10, 24, 14, 15));
  expect(nextQuarter(new Date(2026, 10, 24, 14, 12))).toEqual(new Date(2026, 10, 24, 14, 30));
});

test('the day is the local one even late in the evening', () => {
  expect(isoDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
