import { expect, test } from 'vitest';
import { createSseParser, type SseMessage } from './sse';

function read(...chunks: string[]): SseMessage[] {
  const seen: SseMessage[] = [];
  const feed = createSseParser((message) => seen.push(message));
  for (const chunk of chunks) feed(chunk);
  return seen;
}

test('an event arrives when its blank line does', () => {
  expect(read('event: seat\ndata: {"a":1}\n')).toEqual([]);
  expect(read('event: seat\ndata: {"a":1}\n', '\n')).toEqual([{ event: 'seat', data: '{"a":1}' }]);
});

test('a piece cut in the middle of a word is put together again', () => {
  expect(read('eve', 'nt: ha', 'nds\nda', 'ta: []', '\n\n')).toEqual([{ event: 'hands', data: '[]' }]);
});

test('windows line ends cut in half do not make an empty line', () => {
  expect(read('event: a\r', '\ndata: 1\r', '\n\r', '\n')).toEqual([{ event: 'a', data: '1' }]);
});

test('comments that only keep the line warm are no events', () => {
  expect(read(': ping\n\n', ':\n\n')).toEqual([]);
});

test('several data lines are one text', () => {
  expect(read('data: one\ndata: two\n\n')).toEqual([{ event: 'message', data: 'one\ntwo' }]);
});
