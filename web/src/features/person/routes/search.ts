import { compact, flagOf, pageOf, textOf } from '@/shared/lib/search';

/** What the register of people is narrowed to; the whole of it stands in the address. */
export type PeopleSearch = {
  q?: string;
  institutionId?: string;
  role?: string;
  archived?: true;
  page?: number;
};

export function parsePeopleSearch(search: Record<string, unknown>): PeopleSearch {
  return compact({
    q: textOf(search['q']),
    institutionId: textOf(search['institutionId']),
    role: textOf(search['role']),
    archived: flagOf(search['archived']),
    page: pageOf(search['page']),
  });
}
