import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type InstitutionDraft } from '@/shared/api';
import type { InstitutionsSearch } from '../routes/search';

export const perPage = 50;

export function institutionsQuery(search: InstitutionsSearch) {
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
  return useInstitutionMutation((body: Partial<InstitutionDraft>) =>
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
