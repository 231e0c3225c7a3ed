import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export const perPage = 20;

export function problemReportsQuery(page: number) {
  return queryOptions({
    queryKey: ['problem-reports', page],
    queryFn: () => answer(client.GET('/api/problem-reports', { params: { query: { page, perPage } } })),
    placeholderData: keepPreviousData,
  });
}
