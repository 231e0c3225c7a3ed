import type { Audience, Event, EventDraft, EventKind, EventTemplate, Lobby, RoomMode } from '@/shared/api';
import { isoDay, momentOf, nextQuarter } from '@/shared/lib/dates';
import type { Picked, PickedGroup } from '@/shared/pickers';
import { blankRegistration, formOf, registrationOf, type RegistrationValues } from './registrationForm';
import { ruleOf, type Repeat } from './repeat';

/** What the form holds: the day and the time apart, as people think of them. */
export type EventValues = {
  title: string;
  description: string;
  kind: EventKind;
  /** Empty for a meeting of no association. */
  associationId: string;
  subject: string;
  audience: Audience;
  day: string;
  time: string;
  minutes: string;
  repeat: Repeat;
  lobby: Lobby;
  guestsAllowed: boolean;
  mode: RoomMode;
  invitees: Picked[];
  /** Only while a meeting is planned; afterwards they are invited on its page. */
  groups: PickedGroup[];
  registration: RegistrationValues;
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
    description: '',
    kind: 'association_meeting',
    associationId: '',
    subject: '',
    audience: 'invited',
    day: isoDay(start),
    time: clock(start),
    minutes: '60',
    repeat: { every: 'never', until: '' },
    lobby: 'guests',
    guestsAllowed: true,
    mode: 'meeting',
    invitees: [],
    groups: [],
    registration: blankRegistration,
  };
}

export function valuesOf(event: Event): EventValues {
  const start = new Date(event.startsAt);
  return {
    title: event.title,
    description: event.description,
    kind: event.kind,
    associationId: event.association?.id ?? '',
    subject: event.subject ?? '',
    audience: event.audience,
    day: isoDay(start),
    time: clock(start),
    minutes: String(Math.round((Date.parse(event.endsAt) - start.getTime()) / 60_000)),
    repeat: { every: 'never', until: '' },
    lobby: event.room.lobby,
    guestsAllowed: event.room.guestsAllowed,
    mode: event.room.mode,
    invitees: event.invitees.map(({ id, name }) => ({ id, name })),
    groups: [],
    registration: registrationOf(event.registration),
  };
}

/** The values with a kind's usual ones in place of the former kind's; what somebody typed stays. */
export function withTemplate(values: EventValues, next: EventTemplate, former: EventTemplate | undefined): EventValues {
  const untouched = (typed: string, usual: string | undefined) => typed.trim() === '' || typed === usual;
  return {
    ...values,
    kind: next.kind,
    title: untouched(values.title, former?.title) ? next.title : values.title,
    description: untouched(values.description, former?.description) ? next.description : values.description,
    minutes: String(next.minutes),
    audience: next.audience,
    lobby: next.lobby,
    guestsAllowed: next.guestsAllowed,
    mode: next.mode,
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
  const rule = ruleOf(values.repeat, span.start);
  return {
    title: values.title.trim(),
    description: values.description.trim(),
    kind: values.kind,
    associationId: values.associationId || null,
    subject: values.subject.trim() || null,
    audience: values.audience,
    startsAt: span.start.toISOString(),
    endsAt: span.end.toISOString(),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    lobby: values.lobby,
    guestsAllowed: values.guestsAllowed,
    mode: values.mode,
    inviteeIds: values.invitees.map(({ id }) => id),
    ...(values.groups.length > 0 ? { groups: values.groups.map(({ group }) => group) } : {}),
    registration: formOf(values.registration),
    ...(rule === null ? {} : { repeat: { rule } }),
  };
}
