import { expect, test } from 'vitest';
import { monthAfter, monthName } from './months';

test('months go over the turn of a year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});

test('a month is named with its year', () => {
  expect(monthName('2026-11', 'ru')).toMatch(/^Ноябрь 2026/);
});
