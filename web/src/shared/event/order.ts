import type { Event } from '@/shared/api';
import { isoDay, startOfDay } from '@/shared/lib/dates';

export function byStart(a: Event, b: Event): number {
  return Date.parse(a.startsAt) - Date.parse(b.startsAt);
}

/** Nothing is to be expected of it any more. */
export function isOver(event: Event): boolean {
  return event.status === 'ended' || event.status === 'cancelled';
}

/** Meetings by the local day they start on, days in order, meetings in order within a day. */
export function groupByDay(events: Event[]): { day: Date; events: Event[] }[] {
  const days = new Map<string, { day: Date; events: Event[] }>();
  for (const event of [...events].sort(byStart)) {
    const start = new Date(event.startsAt);
    const key = isoDay(start);
    const group = days.get(key) ?? { day: startOfDay(start), events: [] };
    group.events.push(event);
    days.set(key, group);
  }
  return [...days.values()];
}
