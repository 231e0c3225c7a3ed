import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type MinutesEdit } from '@/shared/api';

export function minutesQuery(eventId: string) {
  return queryOptions({
    queryKey: ['minutes', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}/minutes', { params: { path: { id: eventId } } })),
    // What is being typed must not be replaced by what comes back.
    refetchOnWindowFocus: false,
  });
}

export function titleQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id: eventId } } })),
  });
}

export function useSaveMinutes(eventId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MinutesEdit) =>
      answer(client.PUT('/api/events/{id}/minutes', { params: { path: { id: eventId } }, body })),
    onSuccess: (minutes) => queries.setQueryData(minutesQuery(eventId).queryKey, minutes),
  });
}

export function useSignMinutes(eventId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (updatedAt: string) =>
      answer(client.POST('/api/events/{id}/minutes/sign', { params: { path: { id: eventId } }, body: { updatedAt } })),
    onSuccess: (minutes) => {
      queries.setQueryData(minutesQuery(eventId).queryKey, minutes);
      return queries.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
}
