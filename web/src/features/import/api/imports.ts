import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type ImportDetails, type ImportField, type ImportKind } from '@/shared/api';

/** What each column of a file holds; null for one that is left out. */
export type Mapping = (ImportField | null)[];

export function importsQuery(page: number) {
  return queryOptions({
    queryKey: ['imports', 'list', page],
    queryFn: () => answer(client.GET('/api/imports', { params: { query: { page, perPage: 20 } } })),
  });
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => answer(client.GET('/api/imports/{id}', { params: { path: { id } } })),
    // Its file may be gone for good: asking again does not bring it back.
    retry: false,
  });
}

export function useUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, kind }: { file: File; kind: ImportKind }): Promise<ImportDetails> => {
      const form = new FormData();
      form.append('file', file);
      return answer(
        client.POST('/api/imports', {
          params: { query: { kind } },
          // The body is the form itself; the generated type knows only its parts.
          body: form as never,
          bodySerializer: (body: unknown) => body as FormData,
        }),
      );
    },
    onSuccess: (details) => queries.setQueryData(importQuery(details.id).queryKey, details),
  });
}

/** Checks every row; nothing is written. */
export function useCheck(id: string) {
  return useMutation({
    mutationFn: (mapping: Mapping) =>
      answer(client.POST('/api/imports/{id}/check', { params: { path: { id } }, body: { mapping } })),
  });
}

/** A change to an import: it and the lists of them are asked again. */
function useImportMutation<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }) });
}

export function useRun(id: string) {
  return useImportMutation((body: { mapping: Mapping; verified: boolean }) =>
    answer(client.POST('/api/imports/{id}/run', { params: { path: { id } }, body })),
  );
}

/** Begins to take back all that an import wrote. */
export function useUndo(id: string) {
  return useImportMutation<void>(() => answer(client.POST('/api/imports/{id}/undo', { params: { path: { id } } })));
}
