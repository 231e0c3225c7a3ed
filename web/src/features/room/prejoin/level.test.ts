import { expect, test } from 'vitest';
import { levelOf } from './level';

const wave = (amplitude: number) => Array.from({ length: 512 }, (_, index) => amplitude * Math.sin(index / 3));

test('silence is zero and a shout is one', () => {
  expect(levelOf(wave(0))).toBe(0);
  expect(levelOf(wave(1))).toBe(1);
});

test('quiet speech stands in the middle of the meter', () => {
  const level = levelOf(wave(0.02));
  expect(level).toBeGreaterThan(0.3);
  expect(level).toBeLessThan(0.7);
});
