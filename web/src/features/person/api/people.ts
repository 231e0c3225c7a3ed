import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type EmploymentDraft, type ErasureDraft, type GrantDraft, type PersonDraft, type PersonPatch } from '@/shared/api';
import { inForce } from '@/shared/lib/positions';
import { compact } from '@/shared/lib/search';
import type { PeopleSearch } from '../routes/search';

export const perPage = 50;

export function peopleQuery(search: PeopleSearch) {
  return queryOptions({
    queryKey: ['people', 'list', search],
    queryFn: () => answer(client.GET('/api/people', { params: { query: { ...search, perPage } } })),
    placeholderData: keepPreviousData,
  });
}

/** The whole list as the filters have it, as the server's own table. */
export async function exportedPeople({ q, institutionId, role, archived, sort }: PeopleSearch): Promise<Blob> {
  const query = compact({ q, institutionId, role, archived, sort });
  return answer(client.GET('/api/people/export', { params: { query }, parseAs: 'blob' }));
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: () => answer(client.GET('/api/people/{id}', { params: { path: { id } } })),
  });
}

export function institutionNameQuery(id: string) {
  return queryOptions({
    queryKey: ['institutions', 'one', id],
    queryFn: () => answer(client.GET('/api/institutions/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });
}

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: () => answer(client.GET('/api/positions')),
  select: (list) => inForce(list),
  staleTime: Infinity,
});

/** A change to people: afterwards every list and page of people is asked again. */
function usePeopleMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }) });
}

export function useAddPerson() {
  return usePeopleMutation((body: PersonDraft) => answer(client.POST('/api/people', { body })));
}

export function useChangePerson(id: string) {
  return usePeopleMutation((body: PersonPatch) =>
    answer(client.PATCH('/api/people/{id}', { params: { path: { id } }, body })),
  );
}

export function useArchivePerson(id: string) {
  return usePeopleMutation((archived: boolean) =>
    answer(client.POST(archived ? '/api/people/{id}/archive' : '/api/people/{id}/restore', { params: { path: { id } } })),
  );
}

/** Erases a person's data for good. */
export function useErasePerson(id: string) {
  return usePeopleMutation((body: ErasureDraft) =>
    answer(client.POST('/api/people/{id}/erasure', { params: { path: { id } }, body })),
  );
}

export function useAddEmployment(personId: string) {
  return usePeopleMutation((body: EmploymentDraft) =>
    answer(client.POST('/api/people/{id}/employments', { params: { path: { id: personId } }, body })),
  );
}

export function useEndEmployment() {
  return usePeopleMutation(({ id, endsOn }: { id: string; endsOn: string | null }) =>
    answer(client.PATCH('/api/employments/{id}', { params: { path: { id } }, body: { endsOn } })),
  );
}

export function useGiveRole(personId: string) {
  return usePeopleMutation((body: GrantDraft) =>
    answer(client.POST('/api/people/{id}/grants', { params: { path: { id: personId } }, body })),
  );
}

export function useTakeRole() {
  return usePeopleMutation((id: string) => answer(client.DELETE('/api/grants/{id}', { params: { path: { id } } })));
}

export function useResetLink(personId: string) {
  return useMutation({
    mutationFn: () => answer(client.POST('/api/people/{id}/reset-link', { params: { path: { id: personId } } })),
  });
}

/** A person's insurance number, whole: the server writes down who looked. */
export function useShowSnils(personId: string) {
  return useMutation({
    mutationFn: () => answer(client.GET('/api/people/{id}/snils', { params: { path: { id: personId } } })),
    // Not for longer than it is looked at.
    gcTime: 0,
  });
}

/** Keeps a number, or with null forgets it. */
export function useChangeSnils(personId: string) {
  const path = { id: personId };
  return usePeopleMutation((snils: string | null) =>
    snils === null
      ? answer(client.DELETE('/api/people/{id}/snils', { params: { path } }))
      : answer(client.PUT('/api/people/{id}/snils', { params: { path }, body: { snils } })),
  );
}
