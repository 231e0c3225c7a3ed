import { expect, test } from 'vitest';
import { type LiveState, nothingKnown, reduceLive } from './live';
import { type MediaPerson, type MediaState, noMedia } from './media';
import { seat, snapshot } from './samples';
import { createStore } from './store';
import { isInvited, listens, stageMedia, waitingListeners, waitsForLive } from './webinar';
import type { Seat } from './wire';

const webinar = { mode: 'webinar', phase: 'live' } as const;
const backstage = { mode: 'webinar', phase: 'backstage' } as const;
const room = { id: 'room', title: 'Room', status: 'live' } as const;

function person(id: string): MediaPerson {
  return {
    id,
    name: id,
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

function hall(held: { mode: 'meeting' | 'webinar'; phase: 'live' | 'backstage' }, seats: Seat[], me = seat('me')) {
  const live = createStore<LiveState>(reduceLive(nothingKnown, snapshot({ room: { ...room, ...held }, me, seats: [...seats, me] })));
  const media = createStore<MediaState>({ ...noMedia, people: ['me', ...seats.map(({ id }) => id)].map(person) });
  return { live, media, shown: stageMedia(media, live) };
}

const ids = (state: MediaState) => state.people.map(({ id }) => id);

test('in a webinar those who lead and those invited there are on the stage, the others listen', () => {
  expect(listens(webinar, seat('a'))).toBe(true);
  expect(listens(webinar, seat('a', { stage: 'invited' }))).toBe(true);
  expect(listens(webinar, seat('a', { stage: 'on' }))).toBe(false);
  expect(listens(webinar, seat('a', { role: 'cohost' }))).toBe(false);
  expect(listens({ mode: 'meeting', phase: 'live' }, seat('a'))).toBe(false);
});

test('before the start listeners wait, and only those let in by the lobby count', () => {
  expect(waitsForLive(backstage, seat('a'))).toBe(true);
  expect(waitsForLive(backstage, seat('a', { stage: 'on' }))).toBe(false);
  expect(waitsForLive(backstage, seat('a', { status: 'waiting' }))).toBe(false);
  expect(waitsForLive(webinar, seat('a'))).toBe(false);
  const { live } = hall(backstage, [seat('a'), seat('b', { stage: 'on' })], seat('me', { role: 'host' }));
  expect(waitingListeners(live.get()).map(({ id }) => id)).toEqual(['a']);
});

test('the stage shows who stands on it, and who is called there the moment it is heard', () => {
  const { live, shown } = hall(webinar, [seat('a', { role: 'host' }), seat('b')]);
  expect(ids(shown.get())).toEqual(['a']);
  live.update((now) => reduceLive(now, { type: 'seat', data: seat('b', { stage: 'on' }) }));
  expect(ids(shown.get())).toEqual(['a', 'b']);
});

test('a listener who raises a hand changes nothing on the stage', () => {
  const { live, shown } = hall(webinar, [seat('a', { role: 'host' }), seat('b')]);
  const before = shown.get();
  live.update((now) => reduceLive(now, { type: 'seat', data: seat('b', { handRaisedAt: '2026-01-01T09:00:00Z' }) }));
  expect(shown.get()).toBe(before);
});

test('a meeting shows everybody', () => {
  const { media, shown } = hall({ mode: 'meeting', phase: 'live' }, [seat('a'), seat('b')]);
  expect(shown.get()).toBe(media.get());
});

test('an invitation is asked of a listener only', () => {
  const invited = seat('me', { stage: 'invited' });
  expect(isInvited(hall(webinar, [], invited).live.get())).toBe(true);
  expect(isInvited(hall(backstage, [], invited).live.get())).toBe(true);
  expect(isInvited(hall({ mode: 'meeting', phase: 'live' }, [], invited).live.get())).toBe(false);
  expect(isInvited(hall(webinar, []).live.get())).toBe(false);
});
