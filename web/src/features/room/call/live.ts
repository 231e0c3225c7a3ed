import { type Asked, fromSnapshot, nothingAsked, reduceAsked } from './asked';
import type { HeardOrder } from './running-order';
import type { LiveEvent, Message, OpenCheck, Room, Seat, Showing, Snapshot } from './wire';

/**
 * What the server has told us about the room: everything that must not be lost. The media server knows who is
 * heard and seen; this knows who may be, whose hand is up and what was written. Pure: events in, state out.
 */
export interface LiveState {
  /** False until the first snapshot. */
  readonly known: boolean;
  readonly room: Room;
  readonly me: Seat | null;
  /** Admitted seats, and waiting ones where we may moderate, by id. */
  readonly seats: ReadonlyMap<string, Seat>;
  /** Seat ids in the order the hands went up. */
  readonly hands: readonly string[];
  /** In the order of `seq`. */
  readonly chat: readonly Message[];
  /** The server said that nothing was written before the first message of `chat`. */
  readonly chatWhole: boolean;
  /** The last presence check, until its time is over. */
  readonly check: OpenCheck | null;
  /** Of a lesson, for those who run it. */
  readonly lesson: Snapshot['lesson'];
  /** The page of slides that everybody sees. */
  readonly showing: Showing | null;
  /** Grows whenever the list of decks changed. */
  readonly decksChanged: number;
  /** What happens one after the other and what is now; null in the lobby. */
  readonly order: HeardOrder | null;
  /** Questions, polls and votes. */
  readonly asked: Asked;
  readonly ended: boolean;
}

const unknownRoom: Room = {
  id: '',
  title: '',
  status: 'live',
  startedAt: null,
  locked: false,
  lobby: 'off',
  guestsAllowed: false,
  capacity: 0,
  allowUnmute: true,
  allowVideo: true,
  allowShare: true,
  allowChat: true,
  mode: 'meeting',
  phase: 'live',
  reviewQuestions: false,
  anonymousQuestions: false,
};

export const nothingKnown: LiveState = {
  known: false,
  room: unknownRoom,
  me: null,
  seats: new Map(),
  hands: [],
  chat: [],
  chatWhole: false,
  check: null,
  lesson: null,
  showing: null,
  decksChanged: 0,
  order: null,
  asked: nothingAsked,
  ended: false,
};

export function reduceLive(state: LiveState, event: LiveEvent, heardAt: number = Date.now()): LiveState {
  switch (event.type) {
    case 'snapshot': {
      const { room, me, seats, hands, chat, check, lesson, showing, runningOrder } = event.data;
      return {
        known: true,
        room: { ...state.room, ...room },
        me,
        seats: new Map(seats.map((seat) => [seat.id, seat])),
        hands,
        chat: [...chat].sort((a, b) => a.seq - b.seq),
        chatWhole: false,
        check: check ?? null,
        lesson: lesson ?? null,
        showing: showing ?? null,
        // What was said while the line was down is not known.
        decksChanged: state.decksChanged + 1,
        order: runningOrder ? { ...runningOrder, heardAt } : null,
        asked: fromSnapshot(event.data),
        ended: room.status === 'ended' || room.status === 'cancelled',
      };
    }
    case 'room': {
      const room = { ...state.room, ...event.data };
      return { ...state, room, ended: state.ended || room.status === 'ended' };
    }
    case 'seat':
      return withSeat(state, event.data);
    case 'seat_gone':
      return withoutSeat(state, event.data.id);
    case 'hands':
      return { ...state, hands: event.data };
    case 'chat':
      return { ...state, chat: withMessage(state.chat, event.data) };
    case 'chat_removed':
      return { ...state, chat: state.chat.filter((message) => message.id !== event.data.id) };
    case 'presence_check':
      // Whoever asks is there.
      return { ...state, check: { asked: event.data, answered: event.data.askedBy === state.me?.id, count: null } };
    case 'presence_count':
      return state.check?.asked.id === event.data.id ? { ...state, check: { ...state.check, count: event.data } } : state;
    case 'lesson':
      // Who was withdrawn stays told until the consents are whole again.
      return {
        ...state,
        lesson: {
          ...event.data,
          withdrawn: event.data.withdrawn ?? (event.data.missing > 0 ? (state.lesson?.withdrawn ?? null) : null),
          keeper: state.lesson?.keeper ?? false,
        },
      };
    case 'showing':
      return { ...state, showing: event.data };
    case 'decks':
      return { ...state, decksChanged: state.decksChanged + 1 };
    case 'running_order':
      return { ...state, order: { ...event.data, heardAt } };
    case 'question':
    case 'question_gone':
    case 'question_votes':
    case 'poll':
    case 'poll_gone':
    case 'poll_result':
      return { ...state, asked: reduceAsked(state.asked, event) };
    case 'ended':
      return { ...state, ended: true };
    case 'restart':
      return state;
  }
}

function withSeat(state: LiveState, seat: Seat): LiveState {
  const seats = new Map(state.seats);
  if (seat.status === 'refused' || seat.status === 'removed') seats.delete(seat.id);
  else seats.set(seat.id, seat);
  const me = state.me?.id === seat.id ? seat : state.me;
  // Who is no longer a moderator sees the lobby no longer.
  if (me && !me.may.moderate) {
    for (const [id, other] of seats) if (other.status === 'waiting' && id !== me.id) seats.delete(id);
  }
  return { ...state, seats, me };
}

/** Somebody closed the page while they waited to be let in. */
function withoutSeat(state: LiveState, id: string): LiveState {
  const seats = new Map(state.seats);
  seats.delete(id);
  return { ...state, seats };
}

function withMessage(chat: readonly Message[], message: Message): readonly Message[] {
  const known = chat.findIndex((other) => other.id === message.id);
  if (known >= 0) return chat.map((other, index) => (index === known ? message : other));
  const last = chat.at(-1);
  if (!last || last.seq < message.seq) return [...chat, message];
  return [...chat, message].sort((a, b) => a.seq - b.seq);
}

/** Below which `seq` an older page of the chat may be found; null when nothing older is left. The first message is 1. */
export function olderThan({ chat, chatWhole }: LiveState): number | null {
  const first = chat[0]?.seq ?? 1;
  return chatWhole || first <= 1 ? null : first;
}

/** The page before `before`, of which so many messages were asked for. */
export function withOlder(state: LiveState, before: number, page: readonly Message[], asked: number): LiveState {
  // A snapshot that came meanwhile begins elsewhere: put before it, the page would leave a gap that nobody sees.
  if (state.chat[0]?.seq !== before) return state;
  return { ...state, chat: [...page, ...state.chat], chatWhole: page.length < asked };
}

/** Those who wait to be let in, first come first. */
export function waitingSeats(state: LiveState): readonly Seat[] {
  return [...state.seats.values()].filter((seat) => seat.status === 'waiting');
}

/** The place in the row of raised hands, from 1; null when the hand is down. */
export function handNumber(state: LiveState, seatId: string): number | null {
  const index = state.hands.indexOf(seatId);
  return index < 0 ? null : index + 1;
}
