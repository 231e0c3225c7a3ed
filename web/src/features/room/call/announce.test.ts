import { expect, test } from 'vitest';
import { type Heard, sayings } from './announce';
import { nothingKnown, reduceLive } from './live';
import type { MediaPerson } from './media';
import { message, seat, snapshot } from './samples';

function person(id: string, over: Partial<MediaPerson> = {}): MediaPerson {
  return {
    id,
    name: id,
    local: id === 'me',
    joinedAt: 0,
    speaking: false,
    quality: 'good',
    microphone: true,
    camera: null,
    screen: null,
    mirrored: false,
    ...over,
  };
}

const live = reduceLive(nothingKnown, snapshot({ seats: [seat('a', { name: 'Анна' })] }));
const base: Heard = { people: [person('me')], live };
const loud = { chat: false };

test('somebody coming in is said by the name of their seat', () => {
  const after = { ...base, people: [person('me'), person('a')] };
  expect(sayings(base, after, 'me', loud)).toEqual([{ what: 'joined', name: 'Анна' }]);
});

test('a whole class coming in is one number', () => {
  const after = { ...base, people: ['me', 'b', 'c', 'd', 'e', 'f'].map((id) => person(id)) };
  expect(sayings(base, after, 'me', loud)).toEqual([{ what: 'manyJoined', count: 5 }]);
});

test('coming in myself reads nobody out', () => {
  const after = { ...base, people: [person('me'), person('a'), person('b')] };
  expect(sayings({ ...base, people: [] }, after, 'me', loud)).toEqual([]);
});

test('hands and messages of others are said, mine are not', () => {
  const after = {
    ...base,
    live: [
      { type: 'hands' as const, data: ['a', 'me'] },
      { type: 'chat' as const, data: message(1, { name: 'Анна', body: 'Здравствуйте' }) },
      { type: 'chat' as const, data: message(2, { seatId: 'me' }) },
    ].reduce(reduceLive, live),
  };
  expect(sayings(base, after, 'me', loud)).toEqual([
    { what: 'hand', name: 'Анна' },
    { what: 'message', name: 'Анна', text: 'Здравствуйте' },
  ]);
});

test('with the chat open its messages are read by the chat itself', () => {
  const after = { ...base, live: reduceLive(live, { type: 'chat', data: message(1) }) };
  expect(sayings(base, after, 'me', { chat: true })).toEqual([]);
});
