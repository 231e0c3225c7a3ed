import { expect, test } from 'vitest';
import { poll, question } from '@/shared/testing/polls';
import { duePolls, newQuestions, pollsInOrder, withAnswer, withMine, withVote } from './asked';
import { nothingKnown, reduceLive } from './live';
import { snapshot } from './samples';
import type { LiveEvent } from './wire';

function after(...events: LiveEvent[]) {
  return events.reduce(reduceLive, nothingKnown).asked;
}

const begun = snapshot({
  questions: { items: [question('a', { votes: 1 }), question('b')], mine: ['b'], voted: ['a'] },
  polls: { items: [poll('p')], mine: [{ id: 'p', choices: [1] }] },
});

test('a snapshot tells what was asked, and what is mine of it', () => {
  const asked = after(begun);
  expect(asked.questions).toHaveLength(2);
  expect(asked.mine.has('b') && asked.voted.has('a')).toBe(true);
  expect(asked.answers.get('p')).toEqual([1]);
});

test('votes change the number and nothing else, and a hidden question goes', () => {
  const asked = after(begun, { type: 'question_votes', data: [{ id: 'a', votes: 7 }] }, { type: 'question_gone', data: { id: 'b' } });
  expect(asked.questions).toEqual([question('a', { votes: 7 })]);
});

test('my question is known by the answer, whether the stream told it before or after', () => {
  const mine = question('c');
  expect(withMine(after(begun, { type: 'question', data: mine }), mine).questions).toHaveLength(3);
  expect(withMine(after(begun), mine).mine.has('c')).toBe(true);
});

test('numbers of a poll take the place of those before', () => {
  const result = { ...poll('p').result, voted: 3, counts: [1, 2] };
  const asked = after(begun, { type: 'poll_result', data: result });
  expect(asked.polls[0]?.result).toEqual(result);
  expect(after(begun, { type: 'poll_gone', data: { id: 'p' } }).polls).toEqual([]);
});

test('a badge counts questions of others that nobody saw, and polls that wait for me', () => {
  const asked = after(begun, { type: 'poll', data: poll('q') }, { type: 'poll', data: poll('v', { kind: 'vote' }) });
  expect(newQuestions(asked, new Set())).toBe(1);
  expect(newQuestions(asked, new Set(['a']))).toBe(0);
  expect(duePolls(asked, false).map(({ id }) => id)).toEqual(['q', 'v']);
  expect(duePolls(asked, true).map(({ id }) => id)).toEqual(['q']);
  expect(duePolls(withAnswer(asked, 'q', null), true)).toEqual([]);
});

test('a vote is taken back as it was given', () => {
  const asked = withVote(after(begun), 'b', true);
  expect(asked.voted.has('b')).toBe(true);
  expect(withVote(asked, 'b', false).voted.has('b')).toBe(false);
});

test('open polls stand first and old ones last', () => {
  const polls = [poll('old', { state: 'closed' }), poll('draft', { state: 'draft' }), poll('new', { state: 'closed' }), poll('open')];
  expect(pollsInOrder(polls).map(({ id }) => id)).toEqual(['open', 'draft', 'new', 'old']);
});
