import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type EventDraft, type EventEdit, type EventRoleDraft, type ProgrammeDraft } from '@/shared/api';

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id } } })),
    refetchInterval: 30_000,
  });
}

/** What a meeting of each kind usually looks like. */
export const templatesQuery = queryOptions({
  queryKey: ['event-templates'],
  queryFn: () => answer(client.GET('/api/event-templates')),
  staleTime: Infinity,
});

type Clashes = { startsAt: string; endsAt: string; personIds: string[]; exceptEventId: string | null };

/** Who of these people is expected elsewhere at that time. */
export function clashesQuery(body: Clashes) {
  return queryOptions({
    queryKey: ['events', 'clashes', body],
    queryFn: () => answer(client.POST('/api/events/clashes', { body })),
    placeholderData: keepPreviousData,
  });
}

export function programmeQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id, 'programme'],
    queryFn: () => answer(client.GET('/api/events/{id}/programme', { params: { path: { id } } })),
  });
}

export function rolesQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id, 'roles'],
    queryFn: () => answer(client.GET('/api/events/{id}/roles', { params: { path: { id } } })),
  });
}

export function materialsQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id, 'materials'],
    queryFn: () => answer(client.GET('/api/events/{id}/materials', { params: { path: { id } } })),
  });
}

/** The class of a lesson with the counts of its consents. */
export function lessonQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id, 'lesson'],
    queryFn: () => answer(client.GET('/api/events/{id}/lesson', { params: { path: { id } } })),
  });
}

/** Whatever changes about one meeting shows in every list of meetings. */
function useEventMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['events'] }) });
}

/** How far a change of one date of a series reaches. */
export type Scope = 'this' | 'following' | 'all';

export function usePlanEvent() {
  return useEventMutation((body: EventDraft) => answer(client.POST('/api/events', { body })));
}

export function useChangeEvent(id: string) {
  return useEventMutation(({ scope, ...body }: EventEdit & { scope?: Scope }) =>
    answer(client.PATCH('/api/events/{id}', { params: { path: { id }, query: { scope } }, body })),
  );
}

export function useCancelEvent(id: string) {
  return useEventMutation((scope: Scope) =>
    answer(client.POST('/api/events/{id}/cancel', { params: { path: { id }, query: { scope } } })),
  );
}

export function useCopyEvent(id: string) {
  return useEventMutation((startsAt: string) =>
    answer(client.POST('/api/events/{id}/copy', { params: { path: { id } }, body: { startsAt } })),
  );
}

export function useAddSection(id: string) {
  return useEventMutation((title: string) =>
    answer(client.POST('/api/events/{id}/rooms', { params: { path: { id } }, body: { title } })),
  );
}

export function useRemoveSection(id: string) {
  return useEventMutation((room: string) =>
    answer(client.DELETE('/api/events/{id}/rooms/{room}', { params: { path: { id, room } } })),
  );
}

export function useWriteProgramme(id: string) {
  return useEventMutation((body: ProgrammeDraft) =>
    answer(client.PUT('/api/events/{id}/programme', { params: { path: { id } }, body })),
  );
}

export function useGiveRole(id: string) {
  return useEventMutation((body: EventRoleDraft) =>
    answer(client.POST('/api/events/{id}/roles', { params: { path: { id } }, body })),
  );
}

export function useTakeRole(id: string) {
  return useEventMutation((roleId: string) =>
    answer(client.DELETE('/api/events/{id}/roles/{roleId}', { params: { path: { id, roleId } } })),
  );
}

export function useConfirmRole(id: string) {
  return useEventMutation((roleId: string) =>
    answer(client.POST('/api/events/{id}/roles/{roleId}/confirm', { params: { path: { id, roleId } } })),
  );
}

export function useAddMaterial(id: string) {
  return useEventMutation((file: File) => {
    const form = new FormData();
    form.append('file', file);
    return answer(
      client.POST('/api/events/{id}/materials', {
        params: { path: { id } },
        // The body is the form itself; the generated type knows only its parts.
        body: form as never,
        bodySerializer: (body: unknown) => body as FormData,
      }),
    );
  });
}

export function useRemoveMaterial(id: string) {
  return useEventMutation((materialId: string) =>
    answer(client.DELETE('/api/events/{id}/materials/{materialId}', { params: { path: { id, materialId } } })),
  );
}

export function useAttachClass(id: string) {
  return useEventMutation((classId: string | null) =>
    answer(client.PUT('/api/events/{id}/lesson', { params: { path: { id } }, body: { classId } })),
  );
}
