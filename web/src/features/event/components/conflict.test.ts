import { expect, test } from 'vitest';
import { differences, settled } from './conflict';
import { blankEvent } from './eventForm';

const base = { ...blankEvent(new Date('2026-11-24T09:00:00Z')), title: 'Заседание' };
const people = [
  { id: 'b', name: 'Белов' },
  { id: 'a', name: 'Орлова' },
];

test('what only the others changed is theirs unless one says otherwise, what both changed is mine', () => {
  const mine = { ...base, title: 'Моё', minutes: '90' };
  const theirs = { ...base, title: 'Их', subject: 'Физика' };
  expect(differences(base, mine, theirs)).toEqual([
    { field: 'title', usual: 'mine' },
    { field: 'minutes', usual: 'mine' },
    { field: 'subject', usual: 'theirs' },
  ]);
});

test('the same change made by both, and the same people in another order, are no difference', () => {
  const mine = { ...base, title: 'Вместе', invitees: people };
  const theirs = { ...base, title: 'Вместе', invitees: [...people].reverse() };
  expect(differences(base, mine, theirs)).toEqual([]);
});

test('the fields that were chosen are taken from the others, all else stays mine', () => {
  const mine = { ...base, title: 'Моё', minutes: '90' };
  const theirs = { ...base, title: 'Их', minutes: '45' };
  expect(settled(mine, theirs, ['minutes'])).toEqual({ ...mine, minutes: '45' });
});
