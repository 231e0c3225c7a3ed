import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type CorrectionDraft, type Event, type Presence } from '@/shared/api';

const key = (eventId: string) => ['presence', eventId] as const;

export function presenceQuery(eventId: string) {
  return queryOptions({
    queryKey: key(eventId),
    queryFn: () => answer(client.GET('/api/events/{id}/presence', { params: { path: { id: eventId } } })),
    // While the event runs, minutes grow; afterwards only corrections change them.
    refetchInterval: (query) => (query.state.data?.endedAt ? false : 15_000),
  });
}

export function eventTitleQuery(id: string) {
  return queryOptions({
    queryKey: ['events', 'one', id],
    queryFn: () => answer(client.GET('/api/events/{id}', { params: { path: { id } } })),
  });
}

/** Each change answers with the whole report, so the table follows at once. */
function useReportMutation<Input>(eventId: string, mutationFn: (input: Input) => Promise<Presence>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (report) => queries.setQueryData(key(eventId), report) });
}

export function useCorrect(eventId: string) {
  return useReportMutation(eventId, (body: CorrectionDraft) =>
    answer(client.POST('/api/events/{id}/presence/corrections', { params: { path: { id: eventId } }, body })),
  );
}

export function useMatch(eventId: string) {
  return useReportMutation(eventId, ({ seatId, personId }: { seatId: string; personId: string }) =>
    answer(
      client.POST('/api/events/{id}/presence/guests/{seatId}/match', {
        params: { path: { id: eventId, seatId } },
        body: { personId },
      }),
    ),
  );
}

export function useUnmatch(eventId: string) {
  return useReportMutation(eventId, (seatId: string) =>
    answer(client.DELETE('/api/events/{id}/presence/guests/{seatId}/match', { params: { path: { id: eventId, seatId } } })),
  );
}

/** Where a browser saves the report from: a link, so that it comes with its own name and progress. */
export function exportUrl(eventId: string): string {
  return `/api/events/${encodeURIComponent(eventId)}/presence.xlsx`;
}

/** The same as a paper, shown by the browser. */
export function pdfUrl(eventId: string): string {
  return `/api/events/${encodeURIComponent(eventId)}/presence.pdf`;
}

export function eventKitsQuery(eventId: string) {
  return queryOptions({
    queryKey: ['event-kits', eventId],
    queryFn: () => answer(client.GET('/api/events/{id}/kits', { params: { path: { id: eventId } } })),
    refetchInterval: 15_000,
  });
}

export function kitChoiceQuery() {
  return queryOptions({
    queryKey: ['kits', 'choice'],
    queryFn: () => answer(client.GET('/api/kits', { params: { query: { perPage: 200 } } })),
    staleTime: 60_000,
  });
}

function useKitsMutation<Input>(eventId: string, mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['event-kits', eventId] });
      await queries.invalidateQueries({ queryKey: key(eventId) });
    },
  });
}

const kitPath = (id: string, kitId: string) => ({ params: { path: { id, kitId } } });

export function useInviteKit(eventId: string) {
  return useKitsMutation(eventId, (kitId: string) => answer(client.PUT('/api/events/{id}/kits/{kitId}', kitPath(eventId, kitId))));
}

export function useWithdrawKit(eventId: string) {
  return useKitsMutation(eventId, (kitId: string) =>
    answer(client.DELETE('/api/events/{id}/kits/{kitId}', kitPath(eventId, kitId))),
  );
}

export function useNamePeople(eventId: string) {
  return useKitsMutation(eventId, ({ kitId, personIds }: { kitId: string; personIds: string[] }) =>
    answer(client.PUT('/api/events/{id}/kits/{kitId}/list', { ...kitPath(eventId, kitId), body: { personIds } })),
  );
}

export function openedQuery(token: string) {
  return queryOptions({
    queryKey: ['presence', 'token', token],
    queryFn: () => answer(client.GET('/api/presence/by-token/{token}', { params: { path: { token } } })),
    // The ticket it gives lasts ten minutes; asking again with the old token would only be refused.
    staleTime: Infinity,
    retry: false,
  });
}

export function useConfirm() {
  return useMutation({
    mutationFn: (body: { token: string; familyName?: string; code?: string }) =>
      answer(client.POST('/api/presence/confirm', { body })),
  });
}

/** Where a kit is expected at the time of a meeting that may invite it. */
export function kitClashesQuery({ startsAt, endsAt, id }: Event, kit: string | null) {
  const body = { startsAt, endsAt, kitIds: kit ? [kit] : [], exceptEventId: id };
  return queryOptions({
    queryKey: ['events', 'clashes', body],
    queryFn: async () => {
      const { items } = await answer(client.POST('/api/events/clashes', { body }));
      // Those of the kits that are invited already are told where the meeting is planned.
      return { items: items.filter((clash) => clash.kit?.id === kit) };
    },
    enabled: kit !== null,
  });
}
