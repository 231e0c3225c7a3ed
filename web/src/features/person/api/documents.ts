import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type Development, type DevelopmentDraft } from '@/shared/api';

export function documentsQuery(personId: string) {
  return queryOptions({
    queryKey: ['people', 'documents', personId],
    queryFn: () => answer(client.GET('/api/people/{id}/documents', { params: { path: { id: personId } } })),
  });
}

/** A change to documents: the person's list and every figure that counts them are asked again. */
function useDocumentMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['people', 'documents'] }),
        queries.invalidateQueries({ queryKey: ['indicators'] }),
      ]),
  });
}

export function useAddDocument(personId: string) {
  return useDocumentMutation((body: DevelopmentDraft) =>
    answer(client.POST('/api/people/{id}/documents', { params: { path: { id: personId } }, body })),
  );
}

export function useEditDocument({ id, version }: Development) {
  return useDocumentMutation((draft: DevelopmentDraft) =>
    answer(client.PUT('/api/documents/{id}', { params: { path: { id } }, body: { ...draft, version } })),
  );
}

export function useVerifyDocument({ id, version }: Development) {
  return useDocumentMutation((verified: boolean) =>
    answer(client.PUT('/api/documents/{id}/verification', { params: { path: { id } }, body: { verified, version } })),
  );
}

export function useDeleteDocument({ id }: Development) {
  return useDocumentMutation<void, unknown>(() => answer(client.DELETE('/api/documents/{id}', { params: { path: { id } } })));
}

/** Keeps a scan with a document, or with null removes it. */
export function useChangeScan({ id }: Development) {
  return useDocumentMutation<File | null, unknown>((file) => {
    const path = { id };
    if (file === null) return answer(client.DELETE('/api/documents/{id}/scan', { params: { path } }));
    const form = new FormData();
    form.append('file', file);
    return answer(
      client.PUT('/api/documents/{id}/scan', {
        params: { path },
        // The body is the form itself; the generated type knows only its parts.
        body: form as never,
        bodySerializer: (body: unknown) => body as FormData,
      }),
    );
  });
}
