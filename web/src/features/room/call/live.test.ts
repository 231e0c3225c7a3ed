import { expect, test } from 'vitest';
import { handNumber, type LiveState, nothingKnown, reduceLive, waitingSeats } from './live';
import { message, seat, snapshot } from './samples';
import type { LiveEvent } from './wire';

function after(...events: LiveEvent[]): LiveState {
  return events.reduce(reduceLive, nothingKnown);
}

test('a new snapshot replaces what was known, so that nothing missed while away stays', () => {
  const state = after(
    snapshot({ seats: [seat('a'), seat('b')], hands: ['b'], chat: [message(1)] }),
    snapshot({ seats: [seat('a')], hands: [], chat: [message(1), message(2)] }),
  );
  expect([...state.seats.keys()]).toEqual(['a']);
  expect(state.hands).toEqual([]);
  expect(state.chat.map((m) => m.seq)).toEqual([1, 2]);
});

test('messages stand in the order of the server, whatever order they came in', () => {
  const state = after(
    snapshot({}),
    { type: 'chat', data: message(2) },
    { type: 'chat', data: message(1) },
    { type: 'chat', data: message(3) },
  );
  expect(state.chat.map((m) => m.seq)).toEqual([1, 2, 3]);
});

test('a message that comes twice is shown once', () => {
  const state = after(snapshot({}), { type: 'chat', data: message(1) }, { type: 'chat', data: message(1) });
  expect(state.chat).toHaveLength(1);
});

test('hands are numbered in the order they went up', () => {
  const state = after(snapshot({ seats: [seat('a'), seat('b')] }), { type: 'hands', data: ['b', 'a'] });
  expect(handNumber(state, 'b')).toBe(1);
  expect(handNumber(state, 'a')).toBe(2);
  expect(handNumber(state, 'me')).toBeNull();
});

test('a removed seat leaves the room', () => {
  const state = after(snapshot({ seats: [seat('a')] }), { type: 'seat', data: seat('a', { status: 'removed' }) });
  expect(state.seats.has('a')).toBe(false);
});

test('my own seat follows what the moderator allows', () => {
  const me = seat('me', { may: { unmute: false, video: true, share: true, chat: true, moderate: false } });
  const state = after(snapshot({}), { type: 'seat', data: me });
  expect(state.me?.may.unmute).toBe(false);
});

test('who stops being a moderator no longer sees the lobby', () => {
  const moderator = seat('me', { may: { unmute: true, video: true, share: true, chat: true, moderate: true } });
  const state = after(snapshot({ me: moderator, seats: [moderator, seat('w', { status: 'waiting' })] }));
  expect(waitingSeats(state)).toHaveLength(1);
  expect(waitingSeats(reduceLive(state, { type: 'seat', data: seat('me') }))).toHaveLength(0);
});
