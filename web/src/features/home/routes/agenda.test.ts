import { expect, test } from 'vitest';
import { meeting } from '@/shared/testing/meetings';
import { agendaOf } from './agenda';

const today = new Date(2026, 10, 24);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

test('a meeting that runs now stands first and only there', () => {
  const agenda = agendaOf([meeting({ id: 'a', status: 'live', startsAt: at(24, 9) })], today);
  expect(agenda.now.map(({ id }) => id)).toEqual(['a']);
  expect(agenda.today).toEqual([]);
  expect(agenda.empty).toBe(false);
});

test('a live meeting that began yesterday is still shown as now', () => {
  expect(agendaOf([meeting({ status: 'live', startsAt: at(23, 23) })], today).now).toHaveLength(1);
});

test('cancelled meetings of later days are left out, those of today are told', () => {
  const agenda = agendaOf(
    [meeting({ id: 'a', status: 'cancelled', startsAt: at(24, 15) }), meeting({ id: 'b', status: 'cancelled', startsAt: at(26, 15) })],
    today,
  );
  expect(agenda.today.map(({ id }) => id)).toEqual(['a']);
  expect(agenda.days).toEqual([]);
});

test('a week without meetings is empty', () => {
  expect(agendaOf([], today).empty).toBe(true);
});
