import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type IndicatorSettings, type SignatureDraft } from '@/shared/api';
import { compact } from '@/shared/lib/search';
import type { IndicatorSearch, IndicatorsSearch } from '../routes/search';

/** What a figure is asked for, as the server reads it. */
function asked({ day, institutionId, position, parental }: IndicatorsSearch) {
  return compact({ day, institutionId, position, withoutParentalLeave: parental });
}

export const membersPerPage = 50;

export function indicatorsQuery(search: IndicatorsSearch) {
  const query = asked(search);
  return queryOptions({
    queryKey: ['indicators', 'list', query],
    queryFn: () => answer(client.GET('/api/indicators', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function membersQuery(key: string, search: IndicatorSearch) {
  const query = { ...asked(search), ...compact({ shown: search.shown, page: search.page }), perPage: membersPerPage };
  return queryOptions({
    queryKey: ['indicators', 'members', key, query],
    queryFn: () => answer(client.GET('/api/indicators/{key}/members', { params: { path: { key }, query } })),
    placeholderData: keepPreviousData,
  });
}

export function rowsQuery(key: string, search: IndicatorsSearch) {
  const query = asked(search);
  return queryOptions({
    queryKey: ['indicators', 'rows', key, query],
    queryFn: () => answer(client.GET('/api/indicators/{key}/institutions', { params: { path: { key }, query } })),
  });
}

export function outlookQuery(key: string, search: IndicatorsSearch) {
  const query = asked(search);
  return queryOptions({
    queryKey: ['indicators', 'outlook', key, query],
    queryFn: () => answer(client.GET('/api/indicators/{key}/outlook', { params: { path: { key }, query } })),
  });
}

export function signaturesQuery(key: string, year: number) {
  return queryOptions({
    queryKey: ['indicators', 'signatures', key, year],
    queryFn: () => answer(client.GET('/api/indicators/{key}/signatures', { params: { path: { key }, query: { year } } })),
  });
}

export function useSign(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SignatureDraft) =>
      answer(client.POST('/api/indicators/{key}/signatures', { params: { path: { key } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  });
}

export const settingsQuery = queryOptions({
  queryKey: ['indicators', 'settings'],
  queryFn: () => answer(client.GET('/api/installation/indicators')),
});

export function useSaveSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IndicatorSettings) => answer(client.PUT('/api/installation/indicators', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  });
}

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: () => answer(client.GET('/api/positions')),
  staleTime: Infinity,
});

export function institutionQuery(id: string) {
  return queryOptions({
    queryKey: ['institutions', 'one', id],
    queryFn: () => answer(client.GET('/api/institutions/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });
}
