import { expect, test } from 'vitest';
import type { Institution } from '@/shared/api';
import { inOrder } from './order';

function school(shortName: string, peopleCount: number): Institution {
  return { id: shortName, name: shortName, shortName, kind: 'school', address: null,
  municipal: true,
  buildingOf: null, archivedAt: null, peopleCount, version: 1 };
}

const schools = [school('Школа № 10', 40), school('Школа № 2', 90), school('Школа № 1', 40)];
const order = (sort: string) => inOrder(schools, sort, () => 'Школа').map(({ id }) => id);

test('school 2 stands before school 10', () => {
  expect(order('name')).toEqual(['Школа № 1', 'Школа № 2', 'Школа № 10']);
});

test('a minus turns the order round', () => {
  expect(order('-people')[0]).toBe('Школа № 2');
});

test('equal numbers keep the names in order', () => {
  expect(order('people')).toEqual(['Школа № 1', 'Школа № 10', 'Школа № 2']);
});
