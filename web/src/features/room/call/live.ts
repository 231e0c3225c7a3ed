import type { LiveEvent, Room, Message, Seat } from './wire';

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
  allowUnmute: true,
  allowVideo: true,
  allowShare: true,
  allowChat: true,
};

export const nothingKnown: LiveState = {
  known: false,
  room: unknownRoom,
  me: null,
  seats: new Map(),
  hands: [],
  chat: [],
  ended: false,
};

export function reduceLive(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'snapshot': {
      const { room, me, seats, hands, chat } = event.data;
      return {
        known: true,
        room: { ...state.room, ...room },
        me,
        seats: new Map(seats.map((seat) => [seat.id, seat])),
        hands,
        chat: [...chat].sort((a, b) => a.seq - b.seq),
        ended: room.status === 'ended' || room.status === 'cancelled',
      };
    }
    case 'room': {
      const room = { ...state.room, ...event.data };
      return { ...state, room, ended: state.ended || room.status === 'ended' };
    }
    case 'seat':
      return withSeat(state, event.data);
    case 'hands':
      return { ...state, hands: event.data };
    case 'chat':
      return { ...state, chat: withMessage(state.chat, event.data) };
    case 'chat_removed':
      return { ...state, chat: state.chat.filter((message) => message.id !== event.data.id) };
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

function withMessage(chat: readonly Message[], message: Message): readonly Message[] {
  const known = chat.findIndex((other) => other.id === message.id);
  if (known >= 0) return chat.map((other, index) => (index === known ? message : other));
  const last = chat.at(-1);
  if (!last || last.seq < message.seq) return [...chat, message];
  return [...chat, message].sort((a, b) => a.seq - b.seq);
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
