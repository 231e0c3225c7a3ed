import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  answer,
  client,
  type IndicatorDraft,
  type IndicatorSettings,
  type IndicatorValueDraft,
  type SignatureDraft,
} from '@/shared/api';
import { compact } from '@/shared/lib/search';
import type { IndicatorSearch, IndicatorsSearch } from '../routes/search';

/** What a figure is asked for, as the server reads it. */
function asked({ day, institutionId, position, subject, parental }: IndicatorsSearch) {
  return compact({ day, institutionId, position, subject, withoutParentalLeave: parental });
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

export function valuesQuery(key: string) {
  return queryOptions({
    queryKey: ['indicators', 'values', key],
    queryFn: () => answer(client.GET('/api/indicators/{key}/values', { params: { path: { key } } })),
  });
}

export function useEnterValue(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IndicatorValueDraft) =>
      answer(client.POST('/api/indicators/{key}/values', { params: { path: { key } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  });
}

/** One of the installation's own, as it is defined. */
export function definitionQuery(key: string) {
  return queryOptions({
    queryKey: ['indicators', 'definition', key],
    queryFn: () => answer(client.GET('/api/indicators/{key}', { params: { path: { key } } })),
  });
}

/** Defines an indicator, or changes the one of `key`. */
export function useSaveIndicator(key: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IndicatorDraft) =>
      key === null
        ? answer(client.POST('/api/indicators', { body }))
        : answer(client.PUT('/api/indicators/{key}', { params: { path: { key } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  });
}

export function useArchiveIndicator(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      answer(client.DELETE('/api/indicators/{key}', { params: { path: { key }, query: { version } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['indicators', 'list'] }),
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

/** Subjects of the city's associations. */
export const subjectsQuery = queryOptions({
  queryKey: ['associations', 'subjects'],
  queryFn: async () => {
    const { items } = await answer(client.GET('/api/associations'));
    return [...new Set(items.map(({ subject }) => subject).filter(Boolean))].sort((a, b) => a.localeCompare(b));
  },
  staleTime: 60_000,
});

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
