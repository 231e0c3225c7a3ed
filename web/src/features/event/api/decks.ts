import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** Decks of a meeting; asked for again while one of them is on its way to become a PDF. */
export function decksQuery(eventId: string) {
  return queryOptions({
    queryKey: ['decks', 'event', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}/decks', { params: { path: { id: eventId } } })),
    refetchInterval: ({ state }) => (state.data?.items.some((deck) => deck.state === 'converting') ? 1500 : false),
  });
}

function useDeckMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['decks'] }) });
}

export function useAddDeck(eventId: string) {
  return useDeckMutation((file: File) => {
    const form = new FormData();
    form.append('file', file);
    return answer(
      client.POST('/api/events/{id}/decks', {
        params: { path: { id: eventId } },
        // The body is the form itself; the generated type knows only its parts.
        body: form as never,
        bodySerializer: (body: unknown) => body as FormData,
      }),
    );
  });
}

export function useRemoveDeck() {
  return useDeckMutation((id: string) => answer(client.DELETE('/api/decks/{id}', { params: { path: { id } } })));
}
