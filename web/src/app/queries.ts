import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/shared/api';

/** Worth asking again by itself: no answer came, or the server stumbled. A refusal stays a refusal. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
    },
  },
});
