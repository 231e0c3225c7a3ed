/** The institution that is shown in place of the city. */
export type OverviewSearch = { institutionId?: string };

export function parseOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const { institutionId } = search;
  return typeof institutionId === 'string' && /^[\da-f-]{36}$/i.test(institutionId) ? { institutionId } : {};
}
