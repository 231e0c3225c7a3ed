import { expect, test } from 'vitest';
import { quartersOf, withPlan } from './IndicatorRows';

test('a term has the quarters it touches', () => {
  expect(quartersOf({ start: '2017-04', end: '2017-12' }).map(({ quarter }) => quarter)).toEqual([2, 3, 4]);
  expect(quartersOf({ start: '2017-12', end: '2018-01' })).toEqual([
    { year: 2017, quarter: 4 },
    { year: 2018, quarter: 1 },
  ]);
});

test('a quarter is planned once, in its place', () => {
  const plan = [{ year: 2017, quarter: 4, value: 8800 }];
  const more = withPlan(plan, { year: 2017, quarter: 2 }, 8600);
  expect(more.map(({ value }) => value)).toEqual([8600, 8800]);
  expect(withPlan(more, { year: 2017, quarter: 2 }, null)).toEqual([{ year: 2017, quarter: 2, value: null }, ...plan]);
});
