import { expect, test } from 'vitest';
import { clockFace, currentItem, type HeardOrder, isSpeaking, nextItem, timeLeft, warningOf } from './running-order';
import type { RunningItem, RunningOrder } from './wire';

const MINUTE = 60_000;

function item(id: string, speaker = 'p'): RunningItem {
  return { id, kind: 'talk', title: id, startsAt: '2026-01-01T09:00:00Z', minutes: 15, speakers: [{ id: speaker, name: speaker }] };
}

function order(now: RunningOrder['now'], items = [item('a'), item('b', 'q')]): HeardOrder {
  return { items, now, heardAt: 1_000_000 };
}

const running = (over: Partial<NonNullable<RunningOrder['now']>> = {}) =>
  order({ itemId: 'a', minutes: 10, elapsedMs: 4 * MINUTE, paused: false, ...over });

test('from what the server said the browser counts on by itself', () => {
  expect(timeLeft(running(), 1_000_000)).toBe(6 * MINUTE);
  expect(timeLeft(running(), 1_000_000 + 7 * MINUTE)).toBe(-MINUTE);
});

test('a paused timer stands still, and a clock set back gives no time away', () => {
  expect(timeLeft(running({ paused: true }), 1_000_000 + 30 * MINUTE)).toBe(6 * MINUTE);
  expect(timeLeft(running(), 0)).toBe(6 * MINUTE);
  expect(timeLeft(order(null), 1_000_000)).toBeNull();
});

test('the speaker is warned two minutes before the end and at the end', () => {
  expect(warningOf(2 * MINUTE + 1)).toBe('none');
  expect(warningOf(2 * MINUTE)).toBe('soon');
  expect(warningOf(1)).toBe('soon');
  expect(warningOf(0)).toBe('over');
});

test('what is left reads like a clock, what is over has a minus', () => {
  expect(clockFace(12 * MINUTE + 5_000)).toBe('12:05');
  expect(clockFace(999)).toBe('0:01');
  expect(clockFace(0)).toBe('0:00');
  expect(clockFace(-500)).toBe('0:00');
  expect(clockFace(-90_000)).toBe('−1:30');
  expect(clockFace(62 * MINUTE)).toBe('1:02:00');
});

test('after the last item nothing comes, before the first it is the first', () => {
  expect(nextItem(order(null))?.id).toBe('a');
  expect(nextItem(running())?.id).toBe('b');
  expect(nextItem(running({ itemId: 'b' }))).toBeNull();
  expect(currentItem(running({ itemId: 'gone' }))).toBeNull();
});

test('a speaker is whoever the item that is now names', () => {
  expect(isSpeaking(running(), 'p')).toBe(true);
  expect(isSpeaking(running(), 'q')).toBe(false);
  expect(isSpeaking(running(), null)).toBe(false);
  expect(isSpeaking(order(null), 'p')).toBe(false);
});
