import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** The city's associations by name: a few dozen, so all at once. */
export const associationsQuery = queryOptions({
  queryKey: ['associations', 'list'],
  queryFn: () => answer(client.GET('/api/associations', { params: { query: {} } })),
  staleTime: 60_000,
});
