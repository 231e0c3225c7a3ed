import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, meQuery, type Locale } from '@/shared/api';

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => answer(client.POST('/api/me/password', { body })),
  });
}

/** The language the server uses for this person, on every device. */
export function useChangeLocale() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (locale: Locale) => answer(client.PATCH('/api/me', { body: { locale } })),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
}
