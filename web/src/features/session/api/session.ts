import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, meQuery } from '@/shared/api';

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => answer(client.POST('/api/session', { body })),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
}

export const consentTextQuery = queryOptions({
  queryKey: ['consent-text'],
  queryFn: () => answer(client.GET('/api/consent-text')),
});

export function useGiveConsent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: string) => answer(client.POST('/api/me/consents', { body: { version } })),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
}
