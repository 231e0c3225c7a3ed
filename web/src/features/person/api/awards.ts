import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type AwardDraft } from '@/shared/api';

export function awardsQuery(personId: string) {
  return queryOptions({
    queryKey: ['people', 'awards', personId],
    queryFn: () => answer(client.GET('/api/people/{id}/awards', { params: { path: { id: personId } } })),
  });
}

function useAwardMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['people', 'awards'] }) });
}

export function useAddAward(personId: string) {
  return useAwardMutation((body: AwardDraft) =>
    answer(client.POST('/api/people/{id}/awards', { params: { path: { id: personId } }, body })),
  );
}

export function useDeleteAward() {
  return useAwardMutation((id: string) => answer(client.DELETE('/api/awards/{id}', { params: { path: { id } } })));
}
