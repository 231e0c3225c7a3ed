import { expect, test } from 'vitest';
import { meaning, shownRows, type ReportRow } from './rows';

const row = (line: number, outcome: ReportRow['outcome'], notes: string[] = []): ReportRow => ({
  line,
  outcome,
  notes,
  name: 'Ким Анна',
  errors: outcome === 'wrong' ? ['Почта: это уже занято другим человеком.'] : [],
});

test('rows are shown by what is said about them', () => {
  const rows = [row(2, 'created'), row(3, 'wrong'), row(4, 'changed', ['Почта: …']), row(5, 'wrong', ['…']), row(6, 'duplicate')];
  const lines = (shown: Parameters<typeof shownRows>[1]) => shownRows(rows, shown).map(({ line }) => line);
  expect([lines('wrong'), lines('noted'), lines('all')]).toEqual([[3, 5], [4], [2, 3, 4, 5, 6]]);
});

test('two columns never mean the same', () => {
  const mapping = meaning(['fullName', null, 'institution'], 1, 'institution');
  expect(mapping).toEqual(['fullName', 'institution', null]);
  expect(meaning(mapping, 0, null)).toEqual([null, 'institution', null]);
});
