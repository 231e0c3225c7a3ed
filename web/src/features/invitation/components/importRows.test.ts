import { expect, test } from 'vitest';
import { sortOut } from './importRows';

const row = (line: number, ok: boolean, duplicateOf: string | null = null) => ({ line, ok, duplicateOf, name: 'Ким Анна', errors: ok ? [] : ['Нет такой школы.'] });

test('a person who is there already is neither an error nor an addition', () => {
  const { wrong, known, fresh } = sortOut([row(2, true), row(3, false), row(4, true, 'person-1')]);
  expect([wrong, known, fresh].map((rows) => rows.map(({ line }) => line))).toEqual([[3], [4], [2]]);
});
