import type { ImportReport } from '@/shared/api';

type Row = ImportReport['rows'][number];

/** Rows to mend, rows of people who are in the register already, and rows that will add somebody. */
export function sortOut(rows: Row[]): { wrong: Row[]; known: Row[]; fresh: Row[] } {
  return {
    wrong: rows.filter((row) => !row.ok),
    known: rows.filter((row) => row.ok && row.duplicateOf !== null),
    fresh: rows.filter((row) => row.ok && row.duplicateOf === null),
  };
}
