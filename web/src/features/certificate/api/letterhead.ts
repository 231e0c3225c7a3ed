import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type LetterheadEdit } from '@/shared/api';

export const letterheadQuery = queryOptions({
  queryKey: ['letterhead'],
  queryFn: () => answer(client.GET('/api/installation/letterhead')),
});

export function useSaveLetterhead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LetterheadEdit) => answer(client.PUT('/api/installation/letterhead', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['letterhead'] }),
  });
}

export type LetterheadPicture = 'arms' | 'signature';

/** Where a picture is; `at` makes a changed one a new address. */
export function pictureUrl(picture: LetterheadPicture, at: number): string {
  return `/api/installation/letterhead/${picture}?at=${at}`;
}

export function useSetPicture(picture: LetterheadPicture) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return answer(
        client.PUT('/api/installation/letterhead/{picture}', {
          params: { path: { picture } },
          // The body is the form itself; the generated type knows only its parts.
          body: form as never,
          bodySerializer: (body: unknown) => body as FormData,
        }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['letterhead'] }),
  });
}

export function useRemovePicture(picture: LetterheadPicture) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.DELETE('/api/installation/letterhead/{picture}', { params: { path: { picture } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['letterhead'] }),
  });
}
