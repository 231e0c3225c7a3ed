import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, meQuery, type InvitationAccept, type InvitationDraft } from '@/shared/api';
import { inForce } from '@/shared/lib/positions';

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answer(client.GET('/api/invitations', { params: { query: { perPage: 100 } } })),
});

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: () => answer(client.GET('/api/positions')),
  select: (list) => inForce(list),
  staleTime: Infinity,
});

export const consentTextQuery = queryOptions({
  queryKey: ['consent-text'],
  queryFn: () => answer(client.GET('/api/consent-text')),
});

export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: InvitationDraft) => answer(client.POST('/api/invitations', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  });
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(client.DELETE('/api/invitations/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  });
}

export function invitationCardQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation-card', token],
    queryFn: () => answer(client.GET('/api/invitations/by-token/{token}', { params: { path: { token } } })),
    staleTime: Infinity,
  });
}

export function useAccept(token: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: InvitationAccept) =>
      answer(client.POST('/api/invitations/by-token/{token}/accept', { params: { path: { token } }, body })),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
}

export function useRedeem() {
  return useMutation({ mutationFn: (code: string) => answer(client.POST('/api/slips/redeem', { body: { code } })) });
}

export function useIssueSlips() {
  return useMutation({
    mutationFn: ({ institutionId, personIds }: { institutionId: string; personIds?: string[] }) =>
      answer(
        client.POST('/api/institutions/{id}/slips', {
          params: { path: { id: institutionId } },
          body: personIds ? { personIds } : {},
        }),
      ),
  });
}

export function peopleOfQuery(institutionId: string) {
  return queryOptions({
    queryKey: ['people', 'of', institutionId],
    queryFn: () => answer(client.GET('/api/people', { params: { query: { institutionId, perPage: 200 } } })),
  });
}
