import { expect, test } from 'vitest';
import { schoolYear } from './schoolYear';

test('a school year begins on the first of September', () => {
  expect(schoolYear(new Date(2026, 7, 31))).toBe(2025);
  expect(schoolYear(new Date(2026, 8, 1))).toBe(2026);
});
