import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type CertificateOrder } from '@/shared/api';

export function certificatesQuery(eventId: string) {
  return queryOptions({
    queryKey: ['certificates', 'event', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}/certificates', { params: { path: { id: eventId } } })),
  });
}

export function titleQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id: eventId } } })),
  });
}

/** Who would get one by this rule. The last answer stays while a changed rule is asked about. */
export function previewQuery(eventId: string, order: CertificateOrder) {
  return queryOptions({
    queryKey: ['certificates', 'preview', eventId, order],
    queryFn: () =>
      answer(client.POST('/api/events/{id}/certificates/preview', { params: { path: { id: eventId } }, body: order })),
    enabled: order.rule.roles.length > 0,
  });
}

export function useIssue(eventId: string) {
  return useMutation({
    mutationFn: (body: CertificateOrder) =>
      answer(client.POST('/api/events/{id}/certificates', { params: { path: { id: eventId } }, body })),
  });
}

/** Prints every valid certificate into one ZIP; the answer is the job to look at. */
export function useBundle(eventId: string) {
  return useMutation({
    mutationFn: () => answer(client.POST('/api/events/{id}/certificates/bundle', { params: { path: { id: eventId } } })),
  });
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      answer(client.POST('/api/certificates/{id}/revoke', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['certificates'] }),
  });
}

export function verificationQuery(code: string) {
  return queryOptions({
    queryKey: ['certificates', 'code', code],
    queryFn: () => answer(client.GET('/api/certificates/by-code/{code}', { params: { path: { code } } })),
    retry: false,
  });
}
