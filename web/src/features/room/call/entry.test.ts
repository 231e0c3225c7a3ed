import { expect, test } from 'vitest';
import type { Me } from '@/shared/api';
import { entryOf, obstacleOf } from './entry';
import { seat } from './samples';
import type { RoomCard } from './wire';

const now = Date.parse('2026-09-01T09:00:00Z');
const nobody = { person: null, guest: null } as Me;
const person = { person: { id: 'p' }, guest: null } as Me;
const guest = { person: null, guest: { id: 'g', name: 'Гость' }, consentDue: false } as Me;

function card(over: Partial<RoomCard> = {}): RoomCard {
  return {
    id: 'room',
    code: 'abc-defg-hij',
    title: 'Room',
    kind: 'meeting',
    startsAt: '2026-09-01T09:00:00Z',
    endsAt: '2026-09-01T10:00:00Z',
    status: 'live',
    hostName: 'Host',
    guestsAllowed: true,
    byPupilCode: false,
    locked: false,
    present: 2,
    mySeat: null,
    ...over,
  } as RoomCard;
}

const why = (over: Partial<RoomCard>, me: Me = person) => {
  const entry = entryOf(card(over), me, now);
  return entry.kind === 'closed' ? entry.why : 'open';
};

test('a live room is open to people, and to guests who give a name', () => {
  expect(entryOf(card(), person, now)).toEqual({ kind: 'open', asGuest: false, early: false });
  expect(entryOf(card(), nobody, now)).toEqual({ kind: 'open', asGuest: true, early: false });
});

test('a guest who gave a name once is not asked again', () => {
  expect(entryOf(card(), guest, now)).toMatchObject({ asGuest: false });
});

test('a guest agrees again once the notice has changed', () => {
  expect(entryOf(card(), { ...guest, consentDue: true }, now)).toMatchObject({ asGuest: true });
});

test('each closed door has its reason', () => {
  expect(why({ status: 'cancelled' })).toBe('cancelled');
  expect(why({ status: 'ended' })).toBe('ended');
  expect(why({ locked: true })).toBe('locked');
  expect(why({ guestsAllowed: false }, nobody)).toBe('guests_not_allowed');
  expect(why({ mySeat: seat('me', { status: 'removed' }) })).toBe('removed');
});

test('a locked room lets its own people back in', () => {
  expect(why({ locked: true, mySeat: seat('me') })).toBe('open');
});

test('a meeting of tomorrow is early, one in ten minutes is not', () => {
  const planned = (startsAt: string) => entryOf(card({ status: 'planned', startsAt }), person, now);
  expect(planned('2026-09-02T09:00:00Z')).toMatchObject({ early: true });
  expect(planned('2026-09-01T09:10:00Z')).toMatchObject({ early: false });
});

test('a refusal by the server means the same as the card saying so', () => {
  expect(obstacleOf('room.full', 409)).toBe('full');
  expect(obstacleOf('anything', 410)).toBe('ended');
  expect(obstacleOf('csrf', 403)).toBeNull();
});

test('in a lesson with a class whoever has no account gives a pupil\'s code, once', () => {
  const lesson = { byPupilCode: true, guestsAllowed: false };
  expect(entryOf(card(lesson), nobody, now)).toEqual({ kind: 'open', asGuest: true, early: false });
  expect(entryOf(card(lesson), guest, now)).toEqual({ kind: 'open', asGuest: true, early: false });
  expect(entryOf(card({ ...lesson, mySeat: seat('s') }), guest, now)).toEqual({ kind: 'open', asGuest: false, early: false });
  expect(entryOf(card(lesson), person, now)).toEqual({ kind: 'open', asGuest: false, early: false });
});
