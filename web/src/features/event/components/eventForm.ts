import type { Event, EventDraft, EventKind, Lobby } from '@/shared/api';
import { isoDay, momentOf, nextQuarter } from '@/shared/lib/dates';
import type { Picked } from '@/shared/pickers';

/** What the form holds: the day and the time apart, as people think of them. */
export type EventValues = {
  title: string;
  kind: EventKind;
  day: string;
  time: string;
  minutes: string;
  lobby: Lobby;
  guestsAllowed: boolean;
  invitees: Picked[];
};

/** The kinds in the order people plan them most. */
export const kinds: EventKind[] = [
  'association_meeting',
  'staff_meeting',
  'webinar',
  'master_class',
  'conference',
  'lesson',
  'training',
  'contest_stage',
  'celebration',
  'readiness_test',
];

export const lengths = [30, 45, 60, 90, 120, 180, 240];

const clock = (date: Date) => `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;

export function blankEvent(now: Date): EventValues {
  const start = nextQuarter(now);
  return {
    title: '',
    kind: 'association_meeting',
    day: isoDay(start),
    time: clock(start),
    minutes: '60',
    lobby: 'guests',
    guestsAllowed: true,
    invitees: [],
  };
}

export function valuesOf(event: Event): EventValues {
  const start = new Date(event.startsAt);
  return {
    title: event.title,
    kind: event.kind,
    day: isoDay(start),
    time: clock(start),
    minutes: String(Math.round((Date.parse(event.endsAt) - start.getTime()) / 60_000)),
    lobby: event.room.lobby,
    guestsAllowed: event.room.guestsAllowed,
    invitees: event.invitees.map(({ id, name }) => ({ id, name })),
  };
}

/** The start and end that the values stand for; null while the day or the time is half-typed. */
export function spanOf(values: EventValues): { start: Date; end: Date } | null {
  const start = momentOf(values.day, values.time);
  const minutes = Number(values.minutes);
  if (!start || !(minutes > 0)) return null;
  return { start, end: new Date(start.getTime() + minutes * 60_000) };
}

export function draftOf(values: EventValues): EventDraft | null {
  const span = spanOf(values);
  if (!span) return null;
  return {
    title: values.title.trim(),
    kind: values.kind,
    startsAt: span.start.toISOString(),
    endsAt: span.end.toISOString(),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    lobby: values.lobby,
    guestsAllowed: values.guestsAllowed,
    inviteeIds: values.invitees.map(({ id }) => id),
  };
}
