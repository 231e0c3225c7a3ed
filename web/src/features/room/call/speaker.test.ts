import { expect, test } from 'vitest';
import { emptyFloor, nextFloor } from './speaker';

const here = new Set(['me', 'a', 'b']);
const a = nextFloor(emptyFloor, ['a'], here, 'me', 0);

test('the first to speak has the floor at once', () => {
  expect(a.holder).toBe('a');
});

test('a cough does not turn the picture, a sentence does', () => {
  const cough = nextFloor(a, ['b'], here, 'me', 1000);
  expect(cough.holder).toBe('a');
  expect(nextFloor(cough, ['b'], here, 'me', 1500).holder).toBe('a');
  expect(nextFloor(cough, ['b'], here, 'me', 2300).holder).toBe('b');
});

test('a pause starts the count anew', () => {
  const begun = nextFloor(a, ['b'], here, 'me', 1000);
  const silent = nextFloor(begun, [], here, 'me', 1500);
  expect(nextFloor(silent, ['b'], here, 'me', 2300).holder).toBe('a');
});

test('I never fill my own screen', () => {
  expect(nextFloor(emptyFloor, ['me'], here, 'me', 0).holder).toBeNull();
});

test('who left has the floor no longer', () => {
  expect(nextFloor(a, [], new Set(['me', 'b']), 'me', 0).holder).toBeNull();
});
