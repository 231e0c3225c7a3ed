import { compact, flagOf, pageOf, textOf } from '@/shared/lib/search';

export type InstitutionsSearch = { q?: string; sort?: string; archived?: true; page?: number };

export function parseInstitutionsSearch(search: Record<string, unknown>): InstitutionsSearch {
  return compact({
    q: textOf(search['q']),
    sort: textOf(search['sort']),
    archived: flagOf(search['archived']),
    page: pageOf(search['page']),
  });
}

export type MonthSearch = { month?: string };

/** A month as 2026-11; anything else is the present one. */
export function parseMonthSearch(search: Record<string, unknown>): MonthSearch {
  const month = textOf(search['month']);
  return compact({ month: month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined });
}
