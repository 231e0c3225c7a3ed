import { expect, test } from 'vitest';
import type { Passport } from '@/shared/api';
import { dragged, monthAt, monthIndex, moved, movedNumbers, place, spanOf, withTerm } from './months';

const point = (number: string, start: string, end: string) => ({ number, name: number, start, end });
const passport = {
  start: '2017-04',
  end: '2017-12',
  stages: [
    { number: 1, name: 'a', results: [], checkpoints: [point('1.1', '2017-04', '2017-04')] },
    { number: 2, name: 'b', results: [], checkpoints: [point('2.1', '2017-05', '2017-07'), point('2.2', '2017-11', '2018-01')] },
  ],
} as unknown as Passport;
const span = spanOf(passport);

test('months are counted across years', () => {
  expect(monthAt(monthIndex('2017-12') + 1)).toBe('2018-01');
  expect(monthAt(monthIndex('2018-01') - 1)).toBe('2017-12');
  for (const month of ['2017-01', '2017-04', '2017-12']) expect(monthAt(monthIndex(month))).toBe(month);
});

test('a chart is as wide as the term and every checkpoint', () => {
  expect(span).toEqual({ first: monthIndex('2017-04'), count: 10 });
});

test('a bar stands on its months', () => {
  expect(place({ start: '2017-04', end: '2017-04' }, span)).toEqual({ left: 0, width: 10 });
  expect(place({ start: '2017-05', end: '2017-07' }, span)).toEqual({ left: 10, width: 30 });
});

test('a bar moves as a whole and stays within the chart', () => {
  const bar = { start: '2017-05', end: '2017-07' };
  expect(moved(bar, 'whole', 2, span)).toEqual({ start: '2017-07', end: '2017-09' });
  expect(moved(bar, 'whole', -5, span)).toEqual({ start: '2017-04', end: '2017-06' });
  expect(moved(bar, 'whole', 99, span)).toEqual({ start: '2017-11', end: '2018-01' });
});

test('an end never passes the other', () => {
  const bar = { start: '2017-05', end: '2017-07' };
  expect(moved(bar, 'start', 9, span)).toEqual({ start: '2017-07', end: '2017-07' });
  expect(moved(bar, 'end', -9, span)).toEqual({ start: '2017-05', end: '2017-05' });
  expect(moved(bar, 'end', 1, span)).toEqual({ start: '2017-05', end: '2017-08' });
});

test('a drag counts whole months, to the nearest', () => {
  expect(dragged(49, 1000, span)).toBe(0);
  expect(dragged(51, 1000, span)).toBe(1);
  expect(dragged(-151, 1000, span)).toBe(-2);
  expect(dragged(10, 0, span)).toBe(0);
});

test('one checkpoint gets another term, the others stay', () => {
  const after = withTerm(passport, '2.1', { start: '2017-06', end: '2017-08' });
  expect(movedNumbers(passport, after)).toEqual(['2.1']);
  expect(movedNumbers(passport, withTerm(after, '2.1', { start: '2017-05', end: '2017-07' }))).toEqual([]);
});
