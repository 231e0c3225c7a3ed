import { expect, test } from 'vitest';
import { meeting } from '@/shared/testing/meetings';
import { momentIn, nextItem, programmeOf } from './programme';

const event = meeting({
  startsAt: new Date(2026, 10, 24, 22, 0).toISOString(),
  endsAt: new Date(2026, 10, 25, 1, 0).toISOString(),
});

test('an item past midnight is on the next day', () => {
  expect(momentIn(event, '22:30')).toEqual(new Date(2026, 10, 24, 22, 30));
  expect(momentIn(event, '00:15')).toEqual(new Date(2026, 10, 25, 0, 15));
});

test('a new item begins when the last one ends', () => {
  const first = nextItem(event, [], 'a');
  expect(first.time).toBe('22:00');
  expect(nextItem(event, [{ ...first, minutes: 45 }], 'b').time).toBe('22:45');
});

test('what is sent is the moment in universal time and who speaks', () => {
  const item = { ...nextItem(event, [], 'a'), title: ' Доклад ', speakers: [{ id: 'p', name: 'Иванов Иван' }] };
  const sent = programmeOf(event, [item], event.updatedAt);
  expect(sent.items[0]).toMatchObject({ title: 'Доклад', startsAt: event.startsAt, speakerIds: ['p'], roomId: null });
});
