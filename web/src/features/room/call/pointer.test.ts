import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pointer, readPoint } from './pointer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (x: number) => ({ page: 1, x, y: 0.5 });
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test('a moving hand is sent a few times a second, and its last place always', () => {
  const send = vi.fn();
  const pointer = new Pointer(send);
  for (let step = 0; step <= 10; step++) pointer.point(at(step / 10));
  expect(send).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(send.mock.calls.map(([point]) => point)).toEqual([at(0), at(1)]);
  pointer.point(null);
  expect(send).toHaveBeenLastCalledWith(null);
});

test('a pointer whose last word was lost fades by itself', () => {
  const pointer = new Pointer(vi.fn());
  pointer.show(at(0.2));
  vi.advanceTimersByTime(2900);
  expect(pointer.state.get()).toEqual(at(0.2));
  vi.advanceTimersByTime(200);
  expect(pointer.state.get()).toBeNull();
});

test('what is no place on a page points nowhere', () => {
  expect(readPoint(bytes({ page: 2, x: 0, y: 1 }))).toEqual({ page: 2, x: 0, y: 1 });
  for (const wrong of [null, { page: 1, x: 2, y: 0 }, { x: 0, y: 0 }, { page: 1, x: '0', y: 0 }, 'x'.repeat(300)]) {
    expect(readPoint(bytes(wrong))).toBeNull();
  }
  expect(readPoint(new TextEncoder().encode('{'))).toBeNull();
});
