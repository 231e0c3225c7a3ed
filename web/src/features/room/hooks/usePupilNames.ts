import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSelected } from '../call/store';
import type { Seat } from '../call/wire';
import { useCall } from './useCall';

/**
 * The names behind «Ученик 7», for whoever keeps the class; for everybody else none. They come by a request of their
 * own and are never among what the room's stream or the media server tell.
 */
export function usePupilNames(): (seat: Seat | null) => string | null {
  const { session, api, card } = useCall();
  const keeper = useSelected(session.live, (live) => live.lesson?.keeper === true);
  const names = useQuery({
    queryKey: ['room', card.id, 'pupils'],
    queryFn: () => api.pupils(),
    enabled: keeper,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return useMemo(() => {
    const known = new Map((names.data ?? []).map(({ number, name }) => [number, name]));
    return (seat) => known.get(seat?.pupilNumber ?? 0) ?? null;
  }, [names.data]);
}
