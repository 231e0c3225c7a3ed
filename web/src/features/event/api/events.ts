import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type EventDraft, type EventEdit } from '@/shared/api';

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id } } })),
    refetchInterval: 30_000,
  });
}

export function usePlanEvent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: EventDraft) => answer(client.POST('/api/events', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}

export function useChangeEvent(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: EventEdit) => answer(client.PATCH('/api/events/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}

export function useCancelEvent(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.POST('/api/events/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}
