import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** What this computer's screen shows as a room kit: its events of today. */
export const kitTodayQuery = queryOptions({
  queryKey: ['kit', 'today'],
  queryFn: () => answer(client.GET('/api/kit/today')),
  refetchInterval: 15_000,
});

/** The code of this half minute; asked again when the next one follows. */
export function kitQrQuery(eventId: string) {
  return queryOptions({
    queryKey: ['kit', 'qr', eventId],
    queryFn: () => answer(client.GET('/api/kit/events/{id}/qr', { params: { path: { id: eventId } } })),
    // Every few seconds for the number of people; the code itself changes when the server says so.
    refetchInterval: 5_000,
    refetchIntervalInBackground: true,
  });
}
