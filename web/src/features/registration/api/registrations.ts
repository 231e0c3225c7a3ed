import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type InvitationAnswer, type RegistrationRequest, type Verdict } from '@/shared/api';

export function registrationQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId, 'registration'],
    queryFn: () => answer(client.GET('/api/events/{id}/registration', { params: { path: { id: eventId } } })),
    retry: false,
  });
}

export function registrationsQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId, 'registrations'],
    queryFn: () => answer(client.GET('/api/events/{id}/registrations', { params: { path: { id: eventId } } })),
    refetchInterval: 30_000,
  });
}

export function titleQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id: eventId } } })),
  });
}

export function ownRegistrationQuery(code: string) {
  return queryOptions({
    queryKey: ['registrations', code],
    queryFn: () => answer(client.GET('/api/registrations/by-code/{code}', { params: { path: { code } } })),
    retry: false,
  });
}

export const consentTextQuery = queryOptions({
  queryKey: ['consent-text'],
  queryFn: () => answer(client.GET('/api/consent-text')),
  staleTime: Infinity,
});

/** Whatever becomes of a registration shows on the event's page and among the notices. */
function useRegistrationMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all(['events', 'notices', 'registrations'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useRegister(eventId: string) {
  return useRegistrationMutation((body: RegistrationRequest) =>
    answer(client.POST('/api/events/{id}/registration', { params: { path: { id: eventId } }, body })),
  );
}

export function useWithdraw(eventId: string) {
  return useRegistrationMutation(() =>
    answer(client.DELETE('/api/events/{id}/registration', { params: { path: { id: eventId } } })),
  );
}

export function useWithdrawByCode(code: string) {
  return useRegistrationMutation(() =>
    answer(client.DELETE('/api/registrations/by-code/{code}', { params: { path: { code } } })),
  );
}

export function useDecide() {
  return useRegistrationMutation(({ id, verdict }: { id: string; verdict: Verdict }) =>
    answer(client.PATCH('/api/registrations/{id}', { params: { path: { id } }, body: { verdict } })),
  );
}

export function useMyAnswer(eventId: string) {
  return useRegistrationMutation((said: InvitationAnswer) =>
    answer(client.PUT('/api/events/{id}/my-answer', { params: { path: { id: eventId } }, body: { answer: said } })),
  );
}
