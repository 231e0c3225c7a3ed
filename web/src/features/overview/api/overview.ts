import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export const cityQuery = queryOptions({
  queryKey: ['overview', 'city'],
  queryFn: () => answer(client.GET('/api/overview')),
});

export function schoolQuery(id: string) {
  return queryOptions({
    queryKey: ['overview', 'school', id],
    queryFn: () => answer(client.GET('/api/institutions/{id}/overview', { params: { path: { id } } })),
  });
}

/** What the institution's people took part in this month. */
export function monthQuery(id: string) {
  return queryOptions({
    queryKey: ['institutions', 'month', id, undefined],
    queryFn: () => answer(client.GET('/api/institutions/{id}/month', { params: { path: { id }, query: {} } })),
  });
}

export const myDevelopmentQuery = queryOptions({
  queryKey: ['me', 'development'],
  queryFn: () => answer(client.GET('/api/me/development')),
});
