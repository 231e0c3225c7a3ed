import { expect, test } from 'vitest';
import { type LiveState, nothingKnown, reduceLive } from './live';
import type { MediaPerson } from './media';
import { initials, peopleView } from './people';
import { seat, snapshot } from './samples';

function here(id: string): MediaPerson {
  return {
    id,
    name: id === 'me' ? 'Мария' : id,
    local: id === 'me',
    joinedAt: 0,
    speaking: false,
    quality: 'good',
    microphone: false,
    camera: null,
    screen: null,
    mirrored: false,
  };
}

const live: LiveState = reduceLive(
  nothingKnown,
  snapshot({
    seats: [
      seat('z', { name: 'Яковлева', role: 'host' }),
      seat('a', { name: 'Андреев' }),
      seat('s', { name: 'Семёнов' }),
      seat('gone', { name: 'Ушедший' }),
      seat('w', { name: 'Ждущий', status: 'waiting' }),
    ],
    hands: ['s'],
    me: seat('me', { name: 'Мария' }),
  }),
);
const media = ['me', 'a', 's', 'z'].map(here);

test('raised hands come first, then those who lead, then the alphabet', () => {
  expect(peopleView(live, media).present.map((row) => row.name)).toEqual(['Семёнов', 'Яковлева', 'Андреев', 'Мария']);
});

test('who left the call is not on the list, though their seat waits for them', () => {
  expect(peopleView(live, media).present.some((row) => row.seatId === 'gone')).toBe(false);
});

test('those in the lobby are apart', () => {
  expect(peopleView(live, media).waiting.map((other) => other.name)).toEqual(['Ждущий']);
});

test('the search does not tell ё from е, nor capitals', () => {
  expect(peopleView(live, media, 'семен').present.map((row) => row.seatId)).toEqual(['s']);
});

test('initials survive names of one word and emoji', () => {
  expect(initials('Иванова Анна Петровна')).toBe('ИА');
  expect(initials('школа')).toBe('Ш');
  expect(initials('')).toBe('');
  expect(initials('😀 Тест')).toBe('😀Т');
});
