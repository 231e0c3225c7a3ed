import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type AssociationDraft, type AssociationPatch } from '@/shared/api';

export function associationQuery(id: string) {
  return queryOptions({
    queryKey: ['associations', 'one', id],
    queryFn: () => answer(client.GET('/api/associations/{id}', { params: { path: { id } } })),
  });
}

/** An association's school year, named by the calendar year in which it begins. */
export function yearQuery(id: string, year: number | undefined) {
  return queryOptions({
    // Among the events: planning one changes it.
    queryKey: ['events', 'association', id, year],
    queryFn: () => answer(client.GET('/api/associations/{id}/year', { params: { path: { id }, query: { year } } })),
  });
}

function useAssociationMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['associations'] }) });
}

export function useAddAssociation() {
  return useAssociationMutation((body: AssociationDraft) => answer(client.POST('/api/associations', { body })));
}

export function useChangeAssociation(id: string) {
  return useAssociationMutation((body: AssociationPatch) =>
    answer(client.PATCH('/api/associations/{id}', { params: { path: { id } }, body })),
  );
}

export function useAddMember(id: string) {
  return useAssociationMutation((personId: string) =>
    answer(client.PUT('/api/associations/{id}/members/{personId}', { params: { path: { id, personId } }, body: {} })),
  );
}

/** Ends a membership with a day, which is kept. */
export function useEndMembership(id: string) {
  return useAssociationMutation(({ personId, since, until }: { personId: string; since: string; until: string }) =>
    answer(
      client.PUT('/api/associations/{id}/members/{personId}', { params: { path: { id, personId } }, body: { since, until } }),
    ),
  );
}
