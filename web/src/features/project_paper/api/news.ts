import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type NewsDraft } from '@/shared/api';

export const newsQuery = queryOptions({
  queryKey: ['news'],
  queryFn: () => answer(client.GET('/api/news')),
});

function useNewsMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['news'] }) });
}

/** Writes news, or writes them anew where there is an id. */
export function useWriteNews(id: string | null) {
  return useNewsMutation((body: NewsDraft) =>
    id === null
      ? answer(client.POST('/api/news', { body }))
      : answer(client.PUT('/api/news/{id}', { params: { path: { id } }, body })),
  );
}

export function useRemoveNews(id: string) {
  return useNewsMutation(() => answer(client.DELETE('/api/news/{id}', { params: { path: { id } } })));
}
