import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** My meetings that touch the span between two moments. Asked again every half minute: one may go live. */
export function eventsQuery(from: Date, to: Date) {
  const span = { from: from.toISOString(), to: to.toISOString() };
  return queryOptions({
    queryKey: ['events', span],
    queryFn: () => answer(client.GET('/api/events', { params: { query: span } })),
    refetchInterval: 30_000,
  });
}

/** Opens a meeting this minute. */
export function useStartNow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.POST('/api/events/now', { body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}
