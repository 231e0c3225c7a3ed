import { expect, test } from 'vitest';
import { handNumber, type LiveState, nothingKnown, olderThan, reduceLive, waitingSeats, withOlder } from './live';
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

test('older pages are put before what is known, until one comes that is not full', () => {
  const known = after(snapshot({ chat: [message(5), message(6)] }));
  expect(olderThan(known)).toBe(5);
  const more = withOlder(known, 5, [message(3), message(4)], 2);
  expect(more.chat.map((m) => m.seq)).toEqual([3, 4, 5, 6]);
  expect(olderThan(more)).toBe(3);
  const whole = withOlder(more, 3, [message(2)], 2);
  expect(whole.chat.map((m) => m.seq)).toEqual([2, 3, 4, 5, 6]);
  expect(olderThan(whole)).toBeNull();
});

test('nothing is older than the first message of a room', () => {
  expect(olderThan(after(snapshot({ chat: [message(1), message(2)] })))).toBeNull();
  expect(olderThan(after(snapshot({})))).toBeNull();
});

test('an older page that a new snapshot has overtaken is dropped, and no gap arises', () => {
  const after_loss = after(snapshot({ chat: [message(5)] }), snapshot({ chat: [message(300)] }));
  expect(withOlder(after_loss, 5, [message(3), message(4)], 2)).toBe(after_loss);
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

test('the running order is kept with the moment it was heard', () => {
  const order = { items: [], now: { itemId: null, minutes: 10, elapsedMs: 5_000, paused: false } };
  const known = reduceLive(nothingKnown, snapshot({ runningOrder: order }), 1_000);
  expect(known.order).toEqual({ ...order, heardAt: 1_000 });
  const cleared = reduceLive(known, { type: 'running_order', data: { items: [], now: null } }, 2_000);
  expect(cleared.order).toEqual({ items: [], now: null, heardAt: 2_000 });
});

test('a removed seat leaves the room', () => {
  const state = after(snapshot({ seats: [seat('a')] }), { type: 'seat', data: seat('a', { status: 'removed' }) });
  expect(state.seats.has('a')).toBe(false);
});

test('who closed the page in the lobby waits no longer, and does again when they are back', () => {
  const me = seat('me', { may: { unmute: true, video: true, share: true, chat: true, moderate: true } });
  const waiting = seat('w', { status: 'waiting' });
  const gone = after(snapshot({ me, seats: [me, waiting] }), { type: 'seat_gone', data: { id: 'w' } });
  expect(waitingSeats(gone)).toHaveLength(0);
  expect(waitingSeats(reduceLive(gone, { type: 'seat', data: waiting }))).toHaveLength(1);
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

test('a withdrawn consent is told until the consents are whole again', () => {
  const lesson = { pupils: 24, missing: 0, withdrawn: null, keeper: true };
  const told = (missing: number, withdrawn: number | null): LiveEvent => ({ type: 'lesson', data: { pupils: 24, missing, withdrawn } });
  const begun = snapshot({ lesson });
  expect(after(begun, told(1, 7)).lesson).toEqual({ pupils: 24, missing: 1, withdrawn: 7, keeper: true });
  expect(after(begun, told(1, 7), told(2, null)).lesson?.withdrawn).toBe(7);
  expect(after(begun, told(1, 7), told(0, null)).lesson).toEqual(lesson);
});
