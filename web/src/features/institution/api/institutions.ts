import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type InstitutionDraft, type InstitutionPatch } from '@/shared/api';
import type { InstitutionsSearch } from '../routes/search';

/** A city's institutions come in one page, so that they can be ordered here. */
export const perPage = 200;

export function institutionsQuery({ q, archived, page }: InstitutionsSearch) {
  const search = { q, archived, page };
  return queryOptions({
    queryKey: ['institutions', 'list', search],
    queryFn: () => answer(client.GET('/api/institutions', { params: { query: { ...search, perPage } } })),
    placeholderData: keepPreviousData,
  });
}

export function institutionQuery(id: string) {
  return queryOptions({
    queryKey: ['institutions', 'one', id],
    queryFn: () => answer(client.GET('/api/institutions/{id}', { params: { path: { id } } })),
  });
}

function useInstitutionMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['institutions'] }) });
}

export function useAddInstitution() {
  return useInstitutionMutation((body: InstitutionDraft) => answer(client.POST('/api/institutions', { body })));
}

export function useChangeInstitution(id: string) {
  return useInstitutionMutation((body: InstitutionPatch) =>
    answer(client.PATCH('/api/institutions/{id}', { params: { path: { id } }, body })),
  );
}

export function useArchiveInstitution(id: string) {
  return useInstitutionMutation((archived: boolean) =>
    answer(
      client.POST(archived ? '/api/institutions/{id}/archive' : '/api/institutions/{id}/restore', {
        params: { path: { id } },
      }),
    ),
  );
}

export function monthQuery(id: string, month?: string) {
  return queryOptions({
    queryKey: ['institutions', 'month', id, month],
    queryFn: () =>
      answer(client.GET('/api/institutions/{id}/month', { params: { path: { id }, query: month ? { month } : {} } })),
  });
}
