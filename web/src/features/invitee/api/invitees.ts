import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type InvitationList } from '@/shared/api';

export function titleQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id: eventId } } })),
  });
}

export function inviteesQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId, 'invitees'],
    queryFn: () => answer(client.GET('/api/events/{id}/invitees', { params: { path: { id: eventId } } })),
  });
}

export function useInvite(eventId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: InvitationList) =>
      answer(client.POST('/api/events/{id}/invitees', { params: { path: { id: eventId } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }),
  });
}
