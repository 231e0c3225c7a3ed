import type { LiveEvent, Message, Seat, Snapshot } from './wire';

/** Small rooms for tests: a participant called by their id, a message per number. */
export function seat(id: string, over: Partial<Seat> = {}): Seat {
  return {
    id,
    roomId: 'room',
    name: id,
    role: 'participant',
    status: 'admitted',
    personId: null,
    isGuest: false,
    pupilNumber: null,
    isKit: false,
    handRaisedAt: null,
    stage: 'off',
    isSecretary: false,
    may: { unmute: true, video: true, share: true, chat: true, moderate: false },
    ...over,
  };
}

export function message(seq: number, over: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    seatId: 'a',
    name: 'a',
    body: `text ${seq}`,
    sentAt: '2026-01-01T09:00:00Z',
    ...over,
  };
}

export function snapshot(over: Partial<Snapshot>): LiveEvent {
  return {
    type: 'snapshot',
    data: {
      room: { id: 'room', title: 'Room', status: 'live' },
      me: seat('me'),
      seats: [],
      hands: [],
      chat: [],
      check: null,
      lesson: null,
      showing: null,
      runningOrder: null,
      questions: { items: [], mine: [], voted: [] },
      polls: { items: [], mine: [] },
      ...over,
    },
  };
}
