import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaPerson, MediaState } from './media';
import { noMedia } from './media';
import { createMemory } from './memory';
import { createStore } from './store';
import { CallView } from './view';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function person(id: string): MediaPerson {
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
  };
}

function call(ids: string[]) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
  const memory = createMemory('abc', Date.now, () => storage, () => storage);
  const media = createStore<MediaState>({ ...noMedia, people: ids.map(person) });
  return {
    media,
    memory,
    view: () => new CallView(media, memory, { layout: 'grid' }),
    speak: (...speakers: string[]) => media.update((now) => ({ ...now, speakers })),
  };
}

test('who goes on speaking gets the floor, though no further event comes', () => {
  const { view, speak } = call(['me', 'a', 'b']);
  const mine = view();
  speak('a');
  expect(mine.state.get().speaker).toBe('a');
  speak('b');
  expect(mine.state.get().speaker).toBe('a');
  vi.advanceTimersByTime(1300);
  expect(mine.state.get().speaker).toBe('b');
});

test('pins, layout and panel survive a reload of the tab', () => {
  const { view } = call(['me', 'a']);
  const first = view();
  first.setLayout('speaker');
  first.togglePin('a/camera');
  first.togglePanel('chat');
  first.dispose();
  expect(view().state.get()).toMatchObject({ layout: 'speaker', pinned: ['a/camera'], panel: 'chat' });
});

test('a second pin takes the place of the first, and the same pin again lets go', () => {
  const mine = call(['me', 'a', 'b']).view();
  mine.togglePin('a/camera');
  mine.togglePin('b/camera');
  expect(mine.state.get().pinned).toEqual(['b/camera']);
  mine.togglePin('b/camera');
  expect(mine.state.get().pinned).toEqual([]);
});

test('a speaker of the second page comes to the first', () => {
  const { view, speak } = call(['me', 'a', 'b', 'c']);
  const mine = view();
  mine.settle({ page: 0, capacity: 2, firstPage: 2 });
  speak('c');
  expect(mine.state.get().order).toEqual(['me', 'c', 'b', 'a']);
});

test('a speaker in sight moves nobody', () => {
  const { view, speak } = call(['me', 'a', 'b']);
  const mine = view();
  const { order } = mine.state.get();
  speak('b', 'a');
  expect(mine.state.get().order).toBe(order);
});
