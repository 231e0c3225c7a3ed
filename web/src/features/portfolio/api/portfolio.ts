import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export const partQuery = queryOptions({
  queryKey: ['part'],
  queryFn: () => answer(client.GET('/api/me/part')),
});

export function portfolioQuery(personId: string) {
  return queryOptions({
    queryKey: ['portfolio', personId],
    queryFn: () => answer(client.GET('/api/people/{id}/portfolio', { params: { path: { id: personId } } })),
  });
}

/** The portfolio as a paper. */
export function portfolioUrl(personId: string): string {
  return `/api/people/${encodeURIComponent(personId)}/portfolio.pdf`;
}
