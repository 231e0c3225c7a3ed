import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, client, type GuardianConsentDraft, type SchoolClassDraft, type SchoolClassPage } from '@/shared/api';

export function classQuery(id: string) {
  return queryOptions({
    queryKey: ['school-classes', 'one', id],
    queryFn: () => answer(client.GET('/api/school-classes/{id}', { params: { path: { id } } })),
    // Each reading stands in the access log: once a visit is enough.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
}

export function useConsentText(wanted: boolean) {
  return useQuery({
    queryKey: ['guardian-consent-text'],
    queryFn: () => answer(client.GET('/api/guardian-consent-text')),
    staleTime: Infinity,
    enabled: wanted,
  });
}

export function useAddClass() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SchoolClassDraft) => answer(client.POST('/api/school-classes', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['school-classes', 'list'] }),
  });
}

export function useDeleteClass(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.DELETE('/api/school-classes/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['school-classes', 'list'] }),
  });
}

/** Whatever changes a class answers with all of it. */
function useClassMutation<Input>(id: string, mutationFn: (input: Input) => Promise<SchoolClassPage>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (page) => {
      queries.setQueryData(classQuery(id).queryKey, page);
      void queries.invalidateQueries({ queryKey: ['school-classes', 'list'] });
      // The lesson's page shows the counts.
      void queries.invalidateQueries({ queryKey: ['events'] });
    },
  });
}

export function useAddPupils(id: string) {
  return useClassMutation(id, (names: string) =>
    answer(client.POST('/api/school-classes/{id}/pupils', { params: { path: { id } }, body: { names } })),
  );
}

export function useRenamePupil(id: string) {
  return useClassMutation(id, ({ pupilId, name }: { pupilId: string; name: string }) =>
    answer(
      client.PATCH('/api/school-classes/{id}/pupils/{pupilId}', { params: { path: { id, pupilId } }, body: { name } }),
    ),
  );
}

export function useRemovePupil(id: string) {
  return useClassMutation(id, (pupilId: string) =>
    answer(client.DELETE('/api/school-classes/{id}/pupils/{pupilId}', { params: { path: { id, pupilId } } })),
  );
}

export function useGiveConsent(id: string) {
  return useClassMutation(id, ({ pupilId, ...body }: GuardianConsentDraft & { pupilId: string }) =>
    answer(
      client.PUT('/api/school-classes/{id}/pupils/{pupilId}/consent', { params: { path: { id, pupilId } }, body }),
    ),
  );
}

export function useWithdrawConsent(id: string) {
  return useClassMutation(id, (pupilId: string) =>
    answer(client.DELETE('/api/school-classes/{id}/pupils/{pupilId}/consent', { params: { path: { id, pupilId } } })),
  );
}

export function useKeepScan(id: string) {
  return useClassMutation(id, ({ pupilId, file }: { pupilId: string; file: File }) => {
    const form = new FormData();
    form.append('file', file);
    return answer(
      client.PUT('/api/school-classes/{id}/pupils/{pupilId}/consent/scan', {
        params: { path: { id, pupilId } },
        // The body is the form itself; the generated type knows only its parts.
        body: form as never,
        bodySerializer: (body: unknown) => body as FormData,
      }),
    );
  });
}
