import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client, type KitDraft, type KitEdit, type KitEquipment, type KitStatusEntry, type KitTest, type NewKit } from '@/shared/api';

export const perPage = 200;

export function kitsQuery(q: string, archived: boolean) {
  return queryOptions({
    queryKey: ['kits', 'list', q, archived],
    queryFn: () => answer(client.GET('/api/kits', { params: { query: { q, archived, perPage } } })),
    placeholderData: keepPreviousData,
  });
}

export function kitEventsQuery(id: string) {
  return queryOptions({
    queryKey: ['kits', 'events', id],
    queryFn: () => answer(client.GET('/api/kits/{id}/events', { params: { path: { id } } })),
  });
}

export function kitRegisterQuery(id: string) {
  return queryOptions({
    queryKey: ['kits', 'register', id],
    queryFn: () => answer(client.GET('/api/kits/{id}/register', { params: { path: { id } } })),
  });
}

function useKitMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['kits'] }) });
}

export function useAddKit() {
  return useKitMutation((body: NewKit) => answer(client.POST('/api/kits', { body })));
}

export function useChangeKit() {
  return useKitMutation(({ id, ...body }: KitEdit & { id: string }) =>
    answer(client.PATCH('/api/kits/{id}', { params: { path: { id } }, body })),
  );
}

export function usePairingCode(id: string) {
  return useMutation({
    mutationFn: () => answer(client.POST('/api/kits/{id}/pairing-code', { params: { path: { id } } })),
  });
}

export function useRevokeKit(id: string) {
  return useKitMutation(() => answer(client.POST('/api/kits/{id}/revoke', { params: { path: { id } } })));
}

export function useEquip(id: string) {
  return useKitMutation((body: KitEquipment) => answer(client.PUT('/api/kits/{id}/equipment', { params: { path: { id } }, body })));
}

export function useAddStatus(id: string) {
  return useKitMutation((body: KitStatusEntry) => answer(client.POST('/api/kits/{id}/statuses', { params: { path: { id } }, body })));
}

export function useAddTest(id: string) {
  return useKitMutation((body: KitTest) => answer(client.POST('/api/kits/{id}/readiness-tests', { params: { path: { id } }, body })));
}

export function usePair() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => answer(client.POST('/api/kits/pair', { body: { code } })),
    // Whoever was signed in here is so no more.
    onSuccess: () => queries.invalidateQueries(),
  });
}

export type { KitDraft };
