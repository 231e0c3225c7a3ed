/** The draft of a change request that is edited on; whether a paper is being read into it. */
export type EditSearch = { request?: string; paper?: true };

export function parseEditSearch(search: Record<string, unknown>): EditSearch {
  const { request, paper } = search;
  return {
    ...(typeof request === 'string' && /^[\da-f-]{36}$/i.test(request) && { request }),
    ...(paper === true && { paper }),
  };
}
