import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';
import type { CalendarSearch } from '../routes/search';

/** What takes place in a span, as far as I may know of it. */
export function calendarQuery(from: Date, to: Date, search: CalendarSearch) {
  const { associationId, institutionId, kind, subject, mine } = search;
  const query = { from: from.toISOString(), to: to.toISOString(), associationId, institutionId, kind, subject, mine };
  return queryOptions({
    queryKey: ['events', 'calendar', query],
    queryFn: () => answer(client.GET('/api/calendar', { params: { query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** The name of an institution that an address names. */
export function institutionQuery(id: string | undefined) {
  return queryOptions({
    queryKey: ['institutions', 'one', id],
    queryFn: () => answer(client.GET('/api/institutions/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
  });
}

/** Makes the secret address of my calendar, or of an association's; the old one is dead then. */
export function useCalendarFeed() {
  return useMutation({
    mutationFn: (associationId: string | undefined) =>
      associationId === undefined
        ? answer(client.POST('/api/me/calendar-feed'))
        : answer(client.POST('/api/associations/{id}/calendar-feed', { params: { path: { id: associationId } } })),
  });
}
