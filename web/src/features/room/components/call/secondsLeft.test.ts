import { expect, test } from 'vitest';
import { secondsLeft } from './secondsLeft';

const until = '2026-11-24T10:01:00Z';
const at = (time: string) => secondsLeft({ until, seconds: 60 }, Date.parse(`2026-11-24T${time}Z`));

test('who comes late has what is left', () => {
  expect(at('10:00:00')).toBe(60);
  expect(at('10:00:50')).toBe(10);
});

test('a wrong clock takes no time away', () => {
  expect(at('07:00:00')).toBe(60);
  expect(at('12:00:00')).toBe(60);
});
