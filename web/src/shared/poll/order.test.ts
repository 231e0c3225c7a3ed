import { expect, test } from 'vitest';
import { poll, question } from '@/shared/testing/polls';
import { inOrder } from './order';
import { isRight, share } from './tally';

test('the question answered now stands first, then by votes and time, answered ones below', () => {
  const list = [
    question('done', { state: 'written', votes: 9 }),
    question('late', { votes: 2, askedAt: '2026-01-01T09:02:00Z' }),
    question('early', { votes: 2, askedAt: '2026-01-01T09:01:00Z' }),
    question('wanted', { votes: 3, askedAt: '2026-01-01T09:03:00Z' }),
    question('now', { state: 'now' }),
    question('hidden', { state: 'hidden', votes: 50 }),
  ];
  expect(inOrder(list).map(({ id }) => id)).toEqual(['now', 'wanted', 'early', 'late', 'done', 'hidden']);
});

test('an answer to a quiz is right with every right option and no other, once the quiz is over', () => {
  const quiz = poll('q', {
    kind: 'quiz',
    state: 'closed',
    options: [
      { text: 'a', right: true },
      { text: 'b', right: false },
      { text: 'c', right: true },
    ],
  });
  expect(isRight(quiz, [0, 2])).toBe(true);
  expect(isRight(quiz, [0])).toBe(false);
  expect(isRight(quiz, [0, 1, 2])).toBe(false);
  expect(isRight(quiz, null)).toBeNull();
  expect(isRight({ ...quiz, state: 'open' }, [0, 2])).toBeNull();
});

test('nobody answered: no part of anything', () => {
  expect(share(0, 0)).toBe(0);
  expect(share(1, 3)).toBe(33);
  expect(share(2, 3)).toBe(67);
});
