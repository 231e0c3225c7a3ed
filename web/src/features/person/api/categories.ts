import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type CategoryDraft } from '@/shared/api';

export function categoriesQuery(personId: string) {
  return queryOptions({
    queryKey: ['people', 'categories', personId],
    queryFn: () => answer(client.GET('/api/people/{id}/categories', { params: { path: { id: personId } } })),
  });
}

function useCategoryMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['people', 'categories'] }) });
}

export function useAddCategory(personId: string) {
  return useCategoryMutation((body: CategoryDraft) =>
    answer(client.POST('/api/people/{id}/categories', { params: { path: { id: personId } }, body })),
  );
}

export function useDeleteCategory() {
  return useCategoryMutation((id: string) => answer(client.DELETE('/api/categories/{id}', { params: { path: { id } } })));
}
