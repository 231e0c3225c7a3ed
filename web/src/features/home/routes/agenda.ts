import type { Event } from '@/shared/api';
import { byStart, groupByDay, isOver } from '@/shared/event';
import { addDays, sameDay } from '@/shared/lib/dates';

export type Agenda = {
  /** In progress, whenever they were planned for. */
  now: Event[];
  /** The rest of today, the finished ones included. */
  today: Event[];
  /** The seven days after today, only those with something in them. */
  days: { day: Date; events: Event[] }[];
  empty: boolean;
};

export function agendaOf(events: Event[], today: Date): Agenda {
  const now = events.filter((event) => event.status === 'live').sort(byStart);
  const rest = events.filter((event) => event.status !== 'live');
  const todays = rest.filter((event) => sameDay(new Date(event.startsAt), today)).sort(byStart);
  const tomorrow = addDays(today, 1).getTime();
  const days = groupByDay(rest.filter((event) => Date.parse(event.startsAt) >= tomorrow && !isOver(event)));
  return { now, today: todays, days, empty: now.length + todays.length + days.length === 0 };
}
