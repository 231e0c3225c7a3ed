import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export function decksQuery(eventId: string) {
  return queryOptions({
    queryKey: ['decks', 'event', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}/decks', { params: { path: { id: eventId } } })),
  });
}

export function notesQuery(deckId: string) {
  return queryOptions({
    queryKey: ['decks', 'notes', deckId],
    queryFn: () => answer(client.GET('/api/decks/{id}/notes', { params: { path: { id: deckId } } })),
  });
}

export function useWriteNote(deckId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: { page: number; body: string }) =>
      answer(client.PUT('/api/decks/{id}/notes', { params: { path: { id: deckId } }, body: note })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['decks', 'notes', deckId] }),
  });
}

export function deckFile(deckId: string): string {
  return `/api/decks/${deckId}/file`;
}
