import { compact, flagOf, pageOf, textOf } from '@/shared/lib/search';

/** What the register of people is narrowed to; the whole of it stands in the address. */
export type PeopleSearch = {
  q?: string;
  institutionId?: string;
  role?: string;
  archived?: true;
  /** What the list is ordered by; a minus turns it round. By name where nothing is said. */
  sort?: PeopleSort;
  page?: number;
};

const SORTS = ['name', '-name', 'institution', '-institution', 'position', '-position'] as const;
export type PeopleSort = (typeof SORTS)[number];

/** The order that goes into the address; the usual one needs no word there. */
export function sortOf(value: unknown): PeopleSort | undefined {
  const found = SORTS.find((sort) => sort === value);
  return found === 'name' ? undefined : found;
}

export function parsePeopleSearch(search: Record<string, unknown>): PeopleSearch {
  return compact({
    q: textOf(search['q']),
    institutionId: textOf(search['institutionId']),
    role: textOf(search['role']),
    archived: flagOf(search['archived']),
    sort: sortOf(search['sort']),
    page: pageOf(search['page']),
  });
}
