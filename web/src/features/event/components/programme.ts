import type { Event, EventTemplate, ProgrammeDraft, ProgrammeItem, ProgrammeItemKind } from '@/shared/api';
import type { Picked } from '@/shared/pickers';

/** An item while it is edited. */
export type ItemValues = {
  /** For the list on the page alone. */
  key: string;
  id?: string;
  kind: ProgrammeItemKind;
  title: string;
  /** Empty where everyone meets. */
  roomId: string;
  /** 14:30, on the day on which the meeting begins. */
  time: string;
  minutes: number;
  speakers: Picked[];
  description: string;
};

export const itemKinds: ProgrammeItemKind[] = ['opening', 'talk', 'discussion', 'break'];

const clock = (date: Date) => `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;

export function itemValues(item: ProgrammeItem): ItemValues {
  return {
    key: item.id,
    id: item.id,
    kind: item.kind,
    title: item.title,
    roomId: item.roomId ?? '',
    time: clock(new Date(item.startsAt)),
    minutes: item.minutes,
    speakers: item.speakers.map(({ id, name }) => ({ id, name })),
    description: item.description,
  };
}

/** The moment of a time of day in a meeting: on the day after where the meeting runs past midnight. */
export function momentIn(event: Event, time: string): Date {
  const start = new Date(event.startsAt);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = new Date(start.getFullYear(), start.getMonth(), start.getDate(), hours, minutes);
  // Seconds of a meeting that began «now» make no day of difference.
  if (at.getTime() + 60_000 <= start.getTime()) at.setDate(at.getDate() + 1);
  return at < start ? start : at;
}

/** A new item that begins when the last one ends. */
export function nextItem(event: Event, items: ItemValues[], key: string): ItemValues {
  const last = items.at(-1);
  const start = last
    ? new Date(momentIn(event, last.time).getTime() + last.minutes * 60_000)
    : new Date(event.startsAt);
  return { key, kind: 'talk', title: '', roomId: '', time: clock(start), minutes: 20, speakers: [], description: '' };
}

/** The usual programme of the meeting's kind. */
export function fromTemplate(event: Event, template: EventTemplate): ItemValues[] {
  const start = Date.parse(event.startsAt);
  return template.programme.map((item, place) => ({
    key: `template-${place}`,
    kind: item.kind,
    title: item.title,
    roomId: '',
    time: clock(new Date(start + item.offset * 60_000)),
    minutes: item.minutes,
    speakers: [],
    description: '',
  }));
}

export function programmeOf(event: Event, items: ItemValues[], updatedAt: string): ProgrammeDraft {
  return {
    updatedAt,
    items: items.map((item) => ({
      id: item.id ?? null,
      kind: item.kind,
      title: item.title.trim(),
      roomId: item.roomId || null,
      startsAt: momentIn(event, item.time).toISOString(),
      minutes: item.minutes,
      description: item.description.trim(),
      speakerIds: item.speakers.map(({ id }) => id),
    })),
  };
}
