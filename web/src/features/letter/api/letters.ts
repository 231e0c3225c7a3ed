import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type LetterFate } from '@/shared/api';

export const perPage = 50;
type Asked = { page: number; fate: LetterFate | null };

/** All letters, for administrators; or those of one event. */
export function lettersQuery(eventId: string | null, { page, fate }: Asked) {
  const query = { page, perPage, ...(fate ? { fate } : {}) };
  return queryOptions({
    queryKey: ['letters', eventId, page, fate],
    queryFn: () =>
      eventId === null
        ? answer(client.GET('/api/letters', { params: { query } }))
        : answer(client.GET('/api/events/{id}/letters', { params: { path: { id: eventId }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

export function letterQuery(id: string) {
  return queryOptions({
    queryKey: ['letters', 'one', id],
    queryFn: () => answer(client.GET('/api/letters/{id}', { params: { path: { id } } })),
  });
}

export function titleQuery(eventId: string) {
  return queryOptions({
    queryKey: ['events', 'one', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id: eventId } } })),
  });
}

export function useSendAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(client.POST('/api/letters/{id}/again', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['letters'] }),
  });
}
