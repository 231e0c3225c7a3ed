import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type LeaveDraft } from '@/shared/api';

export function leavesQuery(employmentId: string) {
  return queryOptions({
    queryKey: ['people', 'leaves', employmentId],
    queryFn: () => answer(client.GET('/api/employments/{id}/leaves', { params: { path: { id: employmentId } } })),
  });
}

function useLeaveMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['people', 'leaves'] }) });
}

export function useAddLeave(id: string) {
  return useLeaveMutation((body: LeaveDraft) =>
    answer(client.POST('/api/employments/{id}/leaves', { params: { path: { id } }, body })),
  );
}

export function useDeleteLeave(id: string) {
  return useLeaveMutation((leaveId: string) =>
    answer(client.DELETE('/api/employments/{id}/leaves/{leaveId}', { params: { path: { id, leaveId } } })),
  );
}
