import type { ImportReport } from '@/shared/api';
import type { Mapping } from '../api/imports';

export type ReportRow = ImportReport['rows'][number];

/** Which rows of a check to look at. */
export type Shown = 'wrong' | 'noted' | 'all';

export function shownRows(rows: ReportRow[], shown: Shown): ReportRow[] {
  if (shown === 'wrong') return rows.filter((row) => row.outcome === 'wrong');
  if (shown === 'noted') return rows.filter((row) => row.outcome !== 'wrong' && row.notes.length > 0);
  return rows;
}

/** Gives a column its meaning; another column that had it loses it. */
export function meaning(mapping: Mapping, column: number, field: Mapping[number]): Mapping {
  return mapping.map((known, place) => (place === column ? field : known === field ? null : known));
}
