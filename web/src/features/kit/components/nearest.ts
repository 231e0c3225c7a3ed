import type { KitEvent } from '@/shared/api';

/** What the screen offers first: the event that runs, else the next one; of several the one that began last. */
export function nearest(events: readonly KitEvent[], now: Date): KitEvent | null {
  const live = events.filter(({ status }) => status === 'live');
  const running = [...live].sort((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt));
  const coming = events.filter(({ endsAt }) => Date.parse(endsAt) > now.getTime());
  return running[0] ?? coming[0] ?? null;
}
