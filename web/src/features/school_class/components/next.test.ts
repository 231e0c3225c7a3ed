import { expect, test } from 'vitest';
import type { Pupil } from '@/shared/api';
import { nextWithout } from './next';

const pupil = (id: string, counts: boolean | null): Pupil => ({
  id,
  number: 1,
  name: id,
  code: 'ACDEF-GH347',
  consent: counts === null ? null : { version: '1', counts, givenOn: '2026-09-01', givenBy: 'М', hasScan: false },
});

test('ticking off goes down the list, and then to those who were passed over', () => {
  const pupils = [pupil('a', null), pupil('b', null), pupil('c', true), pupil('d', false)];
  expect(nextWithout(pupils, 'b')).toBe('d');
  expect(nextWithout(pupils, 'd')).toBe('a');
});

test('after the last one there is nobody', () => {
  expect(nextWithout([pupil('a', true), pupil('b', null)], 'b')).toBeNull();
});
