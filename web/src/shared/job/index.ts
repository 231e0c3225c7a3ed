import { useQuery } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

/** A job in the background, looked at until it ends. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['jobs', id],
    queryFn: () => answer(client.GET('/api/jobs/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'failed' ? false : 500),
  });
}
