/** The draft of a change request that is edited on. */
export type EditSearch = { request?: string };

export function parseEditSearch(search: Record<string, unknown>): EditSearch {
  const { request } = search;
  return typeof request === 'string' && /^[\da-f-]{36}$/i.test(request) ? { request } : {};
}
