import { expect, test } from 'vitest';
import { meeting } from '@/shared/testing/meetings';
import { groupByDay, isOver } from './order';

test('meetings are grouped by local day and ordered within it', () => {
  const late = meeting({ id: 'late', startsAt: new Date(2026, 10, 24, 18, 0).toISOString() });
  const early = meeting({ id: 'early', startsAt: new Date(2026, 10, 24, 9, 0).toISOString() });
  const tomorrow = meeting({ id: 'tomorrow', startsAt: new Date(2026, 10, 25, 8, 0).toISOString() });
  const days = groupByDay([tomorrow, late, early]);
  expect(days.map(({ events }) => events.map(({ id }) => id))).toEqual([['early', 'late'], ['tomorrow']]);
});

test('a live meeting is not over even past its planned end', () => {
  expect(isOver(meeting({ status: 'live', endsAt: '2020-01-01T00:00:00Z' }))).toBe(false);
  expect(isOver(meeting({ status: 'cancelled' }))).toBe(true);
});
