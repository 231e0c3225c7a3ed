import { expect, test } from 'vitest';
import { poll } from '@/shared/testing/polls';
import { draftOf, emptyDraft, problemOf, toSend } from './pollDraft';

const options = [
  { key: 0, text: 'да', right: true },
  { key: 1, text: 'нет', right: false },
];

test('the form says what is missing, one thing after another', () => {
  expect(problemOf(emptyDraft)).toBe('text');
  expect(problemOf({ ...emptyDraft, text: 'Идём?' })).toBe('options');
  expect(problemOf({ ...emptyDraft, text: 'Идём?', options })).toBeNull();
  const wrong = options.map((option) => ({ ...option, right: false }));
  expect(problemOf({ ...emptyDraft, kind: 'quiz', text: 'Идём?', options: wrong })).toBe('right');
  expect(problemOf({ ...emptyDraft, kind: 'vote', text: 'Утвердить' })).toBeNull();
});

test('a formal vote sends no options, shows nothing before its end and says who may vote', () => {
  expect(toSend({ ...emptyDraft, kind: 'vote', text: 'Утвердить', named: true })).toEqual({
    kind: 'vote',
    text: 'Утвердить',
    options: [],
    named: true,
    results: 'after_closing',
    electorate: 'members',
    quorum: 'half',
  });
});

test('only a quiz has right answers, and only several choices a limit, never above the number of options', () => {
  const single = toSend({ ...emptyDraft, text: 'Идём?', options });
  expect(single.options?.map(({ right }) => right)).toEqual([false, false]);
  expect('most' in single).toBe(false);
  expect(toSend({ ...emptyDraft, kind: 'several', text: 'Идём?', options, most: 9 }).most).toBe(2);
  expect(toSend({ ...emptyDraft, kind: 'quiz', text: 'Идём?', options }).options?.[0]?.right).toBe(true);
});

test('a prepared poll opens in the form as it was saved', () => {
  const prepared = poll('p', { kind: 'several', most: 2, results: 'after_closing', named: true });
  const form = draftOf(prepared);
  expect(form.options.map(({ text }) => text)).toEqual(['yes', 'no']);
  expect(toSend(form)).toMatchObject({ kind: 'several', most: 2, results: 'after_closing', named: true });
});
