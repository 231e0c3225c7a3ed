import { useMutation } from '@tanstack/react-query';
import { answer, client } from '@/shared/api';

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => answer(client.POST('/api/me/password', { body })),
  });
}
