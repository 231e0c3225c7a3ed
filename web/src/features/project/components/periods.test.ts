import { expect, test } from 'vitest';
import type { Project } from '@/shared/api';
import { isSigned, quarterOf } from './periods';

test('a day belongs to its quarter', () => {
  expect(quarterOf('2017-03-31')).toEqual({ year: 2017, quarter: 1 });
  expect(quarterOf('2017-04-01')).toEqual({ year: 2017, quarter: 2 });
  expect(quarterOf('2017-12-31')).toEqual({ year: 2017, quarter: 4 });
});

test('a change is a correction where the quarter was signed', () => {
  const period = (quarter: number, revision: number) => ({ year: 2017, quarter, revision, over: true, signedBy: '', signedAt: null });
  const project: Pick<Project, 'periods'> = { periods: [period(2, 1), period(3, 0)] };
  expect(isSigned(project, '2017-06-30')).toBe(true);
  expect(isSigned(project, '2017-07-01')).toBe(false);
  expect(isSigned(project, '2018-05-01')).toBe(false);
});
