import { expect, test } from 'vitest';
import { roomCodeOf } from './roomCode';

test.each([
  ['abc-defg-hij', 'abc-defg-hij'],
  ['  ABC defg HIJ ', 'abc-defg-hij'],
  ['abcdefghij', 'abc-defg-hij'],
  ['https://vks.example.org/r/abc-defg-hij?x=1', 'abc-defg-hij'],
])('finds the code in %s', (typed, code) => {
  expect(roomCodeOf(typed)).toBe(code);
});

test.each(['', 'abc', 'https://example.org/', '123-4567-890'])('finds no code in "%s"', (typed) => {
  expect(roomCodeOf(typed)).toBeNull();
});
