import { expect, test } from 'vitest';
import { pieces, startsGroup, unread } from './chat';
import { message } from './samples';

const links = (body: string) => pieces(body).flatMap((piece) => ('href' in piece ? [piece.href] : []));

test('an address in a sentence is a link without the full stop', () => {
  expect(links('См. https://example.org/a?b=1. И ещё (http://example.org/b).')).toEqual([
    'https://example.org/a?b=1',
    'http://example.org/b',
  ]);
});

test('brackets that belong to the address stay in it', () => {
  expect(links('https://ru.wikipedia.org/wiki/Урок_(занятие)')).toEqual(['https://ru.wikipedia.org/wiki/Урок_(занятие)']);
});

test('nothing but the web is a link', () => {
  expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([]);
});

test('cutting into pieces loses no character', () => {
  const body = 'a https://x.org, b http://y.org/(1)) c';
  expect(pieces(body).map((piece) => piece.text).join('')).toBe(body);
});

test('my own messages are never unread', () => {
  const chat = [message(1), message(2, { seatId: 'me' }), message(3)];
  expect(unread(chat, 0, 'me')).toBe(2);
  expect(unread(chat, 1, 'me')).toBe(1);
});

test('messages in a row are one group until five minutes pass', () => {
  const first = message(1, { sentAt: '2026-01-01T09:00:00Z' });
  expect(startsGroup(first, message(2, { sentAt: '2026-01-01T09:04:00Z' }))).toBe(false);
  expect(startsGroup(first, message(2, { sentAt: '2026-01-01T09:06:00Z' }))).toBe(true);
  expect(startsGroup(first, message(2, { seatId: 'b' }))).toBe(true);
});
