import { expect, test } from 'vitest';
import type { Present } from '@/shared/api';
import { matching } from './matching';

const present = (name: string, institution: string): Present => ({
  personId: name,
  guestSeats: [],
  name,
  institution,
  role: 'listener',
  mode: 'own',
  minutes: 0,
  share: 0,
  intervals: [],
  checks: { asked: 0, answered: 0 },
  corrected: null,
});

test('every typed word must stand in the name or the institution', () => {
  const items = [present('Семёнова Мария', 'Школа № 1'), present('Котов Пётр', 'Школа № 2')];
  const names = (typed: string) => matching(items, typed).map(({ name }) => name);
  expect(names('семенова')).toEqual(['Семёнова Мария']);
  expect(names('котов 2')).toEqual(['Котов Пётр']);
  expect(names('котов 1')).toEqual([]);
  expect(names('  ')).toHaveLength(2);
});
