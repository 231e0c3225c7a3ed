import { expect, test } from 'vitest';
import { parsePeopleSearch } from './search';

test('an address keeps the filters it names', () => {
  expect(parsePeopleSearch({ q: 'Иванова', role: 'teacher', page: 3 })).toEqual({ q: 'Иванова', role: 'teacher', page: 3 });
});

test('an address keeps the order, and the usual one goes without saying', () => {
  expect(parsePeopleSearch({ sort: '-institution' })).toEqual({ sort: '-institution' });
  expect(parsePeopleSearch({ sort: 'name' })).toEqual({});
  expect(parsePeopleSearch({ sort: 'password' })).toEqual({});
});

test('nonsense in an address is no filter', () => {
  expect(parsePeopleSearch({ q: '', page: -2, archived: 'yes', role: { a: 1 } })).toEqual({});
});

test('digits typed as a search stay a search', () => {
  expect(parsePeopleSearch({ q: 17 })).toEqual({ q: '17' });
});
