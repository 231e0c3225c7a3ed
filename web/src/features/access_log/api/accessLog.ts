import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';
import type { AccessLogSearch } from '../routes/search';

export const perPage = 50;

export function accessLogQuery(search: AccessLogSearch) {
  return queryOptions({
    queryKey: ['access-log', search],
    queryFn: () => answer(client.GET('/api/access-log', { params: { query: { ...search, perPage } } })),
    placeholderData: keepPreviousData,
  });
}
