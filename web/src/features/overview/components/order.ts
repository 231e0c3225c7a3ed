import type { InstitutionStanding } from '@/shared/api';

export const columns = ['name', 'qualification', 'dissemination', 'equipped', 'expiring', 'unverified'] as const;
export type Column = (typeof columns)[number];

/** How a row is ordered by a column; what has no value comes last either way. */
function weight(row: InstitutionStanding, column: Column): number | null {
  switch (column) {
    case 'qualification':
    case 'dissemination':
      return row[column].value;
    case 'equipped':
      return row.equipped === null ? null : Number(row.equipped);
    case 'expiring':
    case 'unverified':
      return row[column];
    case 'name':
      return null;
  }
}

/** The rows by a column, `-` before it turns the order around; equals stay in the order of names. */
export function ordered(rows: InstitutionStanding[], sort: string, language: string): InstitutionStanding[] {
  const down = sort.startsWith('-');
  const column = columns.find((name) => name === sort.replace('-', '')) ?? 'name';
  const by = new Intl.Collator(language, { numeric: true });
  const names = [...rows].sort((a, b) => by.compare(a.name, b.name));
  if (column === 'name') return down ? names.reverse() : names;
  return names.sort((a, b) => {
    const [one, other] = [weight(a, column), weight(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return down ? other - one : one - other;
  });
}
