import type { RunningItem, RunningOrder } from './wire';

/**
 * The running order as this browser heard it. The server says how much time had passed when it spoke; from there the
 * browser counts by itself, and a wrong clock on the desk makes no difference.
 */
export interface HeardOrder extends RunningOrder {
  /** By this browser's clock. */
  readonly heardAt: number;
}

export type Warning = 'none' | 'soon' | 'over';

/** So long before the end the speaker is told, quietly. */
const SOON_MS = 2 * 60_000;

/** What is left of the time of what is now, below zero once it is over; null while nothing is. */
export function timeLeft({ now, heardAt }: HeardOrder, at: number): number | null {
  if (!now) return null;
  const since = now.paused ? 0 : Math.max(0, at - heardAt);
  return now.minutes * 60_000 - now.elapsedMs - since;
}

export function warningOf(left: number): Warning {
  if (left <= 0) return 'over';
  return left <= SOON_MS ? 'soon' : 'none';
}

/** «12:05», «1:02:00», and «−0:30» for what is beyond the end. Whole seconds, the last one shown to its end. */
export function clockFace(left: number): string {
  const seconds = left > 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const face = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return left > 0 || seconds === 0 ? face : `−${face}`;
}

export function currentItem({ items, now }: RunningOrder): RunningItem | null {
  return items.find((item) => item.id === now?.itemId) ?? null;
}

/** What comes after what is now; the first item while nothing is; null after the last. */
export function nextItem(order: RunningOrder): RunningItem | null {
  const current = currentItem(order);
  if (!current) return order.items[0] ?? null;
  return order.items[order.items.indexOf(current) + 1] ?? null;
}

/** Whether it is this person who speaks now. */
export function isSpeaking(order: RunningOrder, personId: string | null): boolean {
  return personId !== null && (currentItem(order)?.speakers.some((speaker) => speaker.id === personId) ?? false);
}
