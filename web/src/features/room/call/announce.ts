import type { LiveState } from './live';
import type { MediaPerson } from './media';
import type { Message } from './wire';

/**
 * What a screen reader should hear of the room: who came and went, whose hand is up, what was written. Pure: two
 * states in, things to say out. Many comings at once are one number, not a list of names.
 */
export type Saying =
  | { readonly what: 'joined' | 'left' | 'hand' | 'sharing' | 'waiting'; readonly name: string }
  | { readonly what: 'manyJoined' | 'manyLeft'; readonly count: number }
  | { readonly what: 'message'; readonly name: string; readonly text: string };

export interface Heard {
  readonly people: readonly MediaPerson[];
  readonly live: LiveState;
}

const NAMES_AT_MOST = 3;
const TEXT_AT_MOST = 140;

export function sayings(before: Heard, after: Heard, mySeatId: string, quiet: { chat: boolean }): readonly Saying[] {
  const said: Saying[] = [];
  const nameOf = (id: string, fallback: string) => after.live.seats.get(id)?.name ?? fallback;
  const was = new Map(before.people.map((person) => [person.id, person]));
  const is = new Map(after.people.map((person) => [person.id, person]));

  // Nobody hears the whole room read out when they come in or come back: only changes among others count.
  if (was.has(mySeatId) && is.has(mySeatId)) {
    const came = after.people.filter((person) => !was.has(person.id));
    const went = before.people.filter((person) => !is.has(person.id));
    if (came.length > NAMES_AT_MOST) said.push({ what: 'manyJoined', count: came.length });
    else for (const person of came) said.push({ what: 'joined', name: nameOf(person.id, person.name) });
    if (went.length > NAMES_AT_MOST) said.push({ what: 'manyLeft', count: went.length });
    else for (const person of went) said.push({ what: 'left', name: nameOf(person.id, person.name) });
    for (const person of after.people) {
      const known = was.get(person.id);
      if (known && !known.screen && person.screen && !person.local) {
        said.push({ what: 'sharing', name: nameOf(person.id, person.name) });
      }
    }
  }
  if (!before.live.known) return said;

  const up = new Set(before.live.hands);
  for (const id of after.live.hands) {
    if (!up.has(id) && id !== mySeatId) said.push({ what: 'hand', name: nameOf(id, is.get(id)?.name ?? '') });
  }
  for (const seat of after.live.seats.values()) {
    if (seat.status === 'waiting' && before.live.seats.get(seat.id)?.status !== 'waiting') {
      said.push({ what: 'waiting', name: seat.name });
    }
  }
  if (!quiet.chat) for (const message of newMessages(before.live, after.live, mySeatId)) said.push(message);
  return said;
}

function newMessages(before: LiveState, after: LiveState, mySeatId: string): Saying[] {
  const last = before.chat.at(-1)?.seq ?? 0;
  return after.chat
    .filter((message: Message) => message.seq > last && message.seatId !== mySeatId)
    .slice(-NAMES_AT_MOST)
    .map((message) => ({ what: 'message' as const, name: message.name, text: cut(message.body) }));
}

function cut(text: string): string {
  return text.length > TEXT_AT_MOST ? `${text.slice(0, TEXT_AT_MOST)}…` : text;
}
