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
