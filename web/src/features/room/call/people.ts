import type { LiveState } from './live';
import type { MediaPerson } from './media';
import type { Seat } from './wire';

/** One line of the participants panel: what the application knows of a seat, and what media shows of it. */
export interface PersonRow {
  readonly seatId: string;
  readonly name: string;
  readonly me: boolean;
  readonly seat: Seat | null;
  readonly media: MediaPerson | null;
  /** Place in the row of raised hands, from 1. */
  readonly hand: number | null;
}

export interface PeopleView {
  readonly waiting: readonly Seat[];
  /** Raised hands first, in their order; then those who lead, then everybody by name. */
  readonly present: readonly PersonRow[];
}

const ROLE_ORDER = { host: 0, cohost: 1, participant: 2 } as const;

export function peopleView(live: LiveState, media: readonly MediaPerson[], search = '', locale = 'ru'): PeopleView {
  const wanted = fold(search);
  const matches = (name: string) => wanted === '' || fold(name).includes(wanted);
  const hands = new Map(live.hands.map((id, index) => [id, index + 1]));
  const rows = media.map<PersonRow>((person) => {
    const seat = live.seats.get(person.id) ?? (live.me?.id === person.id ? live.me : null);
    return {
      seatId: person.id,
      name: seat?.name ?? person.name,
      me: person.local,
      seat,
      media: person,
      hand: hands.get(person.id) ?? null,
    };
  });
  const collator = new Intl.Collator(locale);
  rows.sort(
    (a, b) =>
      (a.hand ?? Infinity) - (b.hand ?? Infinity) ||
      ROLE_ORDER[a.seat?.role ?? 'participant'] - ROLE_ORDER[b.seat?.role ?? 'participant'] ||
      collator.compare(a.name, b.name) ||
      (a.seatId < b.seatId ? -1 : 1),
  );
  return {
    waiting: [...live.seats.values()].filter((seat) => seat.status === 'waiting' && matches(seat.name)),
    present: rows.filter((row) => matches(row.name)),
  };
}

/** Russian readers search «Семенов» and mean «Семёнов». */
function fold(text: string): string {
  return text.trim().toLocaleLowerCase('ru').replaceAll('ё', 'е');
}

/** The letters of a tile without a picture: «Иванова Анна» is ИА. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase('ru');
}

/** A hue that stays with the person from meeting to meeting. */
export function hueOf(seed: string): number {
  let hash = 0;
  for (const char of seed) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}
