import { useState } from 'react';

/** Items keep their places while somebody points at the list or moves through it: nothing goes from under a finger. */
export function useHeldOrder<T extends { readonly id: string }>(sorted: readonly T[]) {
  const [held, setHeld] = useState<ReadonlyMap<string, number> | null>(null);
  // Newcomers stand below, where nobody points.
  const items = held ? [...sorted].sort((a, b) => (held.get(a.id) ?? held.size) - (held.get(b.id) ?? held.size)) : sorted;
  const keep = () => setHeld((now) => now ?? new Map(sorted.map(({ id }, place) => [id, place])));
  const letGo = () => setHeld(null);
  return { items, hold: { onPointerEnter: keep, onPointerLeave: letGo, onFocus: keep, onBlur: letGo } };
}
