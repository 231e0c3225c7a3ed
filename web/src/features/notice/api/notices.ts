import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: () => answer(client.GET('/api/me/notices')),
  refetchInterval: 60_000,
});

export function useReadNotice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(client.POST('/api/me/notices/{id}/read', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
}
