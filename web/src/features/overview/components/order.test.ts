import { expect, test } from 'vitest';
import type { InstitutionStanding } from '@/shared/api';
import { ordered } from './order';

const row = (name: string, value: number | null, equipped: boolean | null): InstitutionStanding => ({
  id: name,
  name,
  qualification: { value, counted: 0, members: 0 },
  dissemination: { value: null, counted: 0, members: 0 },
  equipped,
  expiring: 0,
  unverified: 0,
});

const rows = [row('Школа № 10', 5000, true), row('Сад № 3', null, null), row('Школа № 2', 9000, false)];

test('names are ordered as people count, figures by their size', () => {
  const names = (sort: string) => ordered(rows, sort, 'ru').map(({ name }) => name);
  expect(names('name')).toEqual(['Сад № 3', 'Школа № 2', 'Школа № 10']);
  expect(names('-name')).toEqual(['Школа № 10', 'Школа № 2', 'Сад № 3']);
  expect(names('qualification')).toEqual(['Школа № 10', 'Школа № 2', 'Сад № 3']);
  expect(names('-equipped')).toEqual(['Школа № 10', 'Школа № 2', 'Сад № 3']);
});

test('what has no value comes last either way', () => {
  const last = (sort: string) => ordered(rows, sort, 'ru').at(-1)?.name;
  expect([last('qualification'), last('-qualification')]).toEqual(['Сад № 3', 'Сад № 3']);
});
