import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type PositionDraft } from '@/shared/api';

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: () => answer(client.GET('/api/positions')),
});

/** Adds a position, or changes names and days of the one with this code. */
export function useSavePosition(isNew: boolean) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, group, ...edit }: PositionDraft) =>
      isNew
        ? answer(client.POST('/api/positions', { body: { code, group, ...edit } }))
        : answer(client.PUT('/api/positions/{code}', { params: { path: { code } }, body: edit })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['positions'] }),
  });
}
