import { expect, test } from 'vitest';
import type { KitEvent } from '@/shared/api';
import { nearest } from './nearest';

const now = new Date('2026-11-24T10:00:00Z');

function event(id: string, startsAt: string, endsAt: string, status: KitEvent['status'] = 'planned'): KitEvent {
  const day = '2026-11-24T';
  return { id, title: id, startsAt: `${day}${startsAt}:00Z`, endsAt: `${day}${endsAt}:00Z`, status, roomCode: id };
}

test('what runs is offered before what comes, and the latest of what runs first', () => {
  const early = event('early', '08:00', '12:00', 'live');
  const late = event('late', '09:50', '11:00', 'live');
  const coming = event('coming', '10:05', '11:00');
  expect(nearest([early, late, coming], now)).toBe(late);
  expect(nearest([coming], now)).toBe(coming);
});

test('an event that nobody began is not offered after its end', () => {
  const missed = event('missed', '08:00', '09:30');
  const evening = event('evening', '18:00', '19:00');
  expect(nearest([missed, evening], now)).toBe(evening);
  expect(nearest([missed], now)).toBeNull();
});
