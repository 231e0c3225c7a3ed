import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type TaskState } from '@/shared/api';

export const myTasksQuery = queryOptions({
  queryKey: ['tasks', 'mine'],
  queryFn: () => answer(client.GET('/api/tasks', { params: { query: { mine: true, open: true } } })),
});

export function useSetTask() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, state }: { id: string; state: TaskState }) =>
      answer(client.PATCH('/api/tasks/{id}', { params: { path: { id } }, body: { state } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  });
}
