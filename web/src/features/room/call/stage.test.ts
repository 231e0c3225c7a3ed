import { expect, test } from 'vitest';
import type { MediaPerson } from './media';
import { arrange, type ArrangeInput, bringForward, cameraKey, capacityFor, keepOrder, pageSize, screenKey, SLIDES } from './stage';

const picture = { id: 'p', attach: () => () => undefined };

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

function room(ids: string[], over: Partial<ArrangeInput> = {}, sharing?: string) {
  const people = new Map(ids.map((id) => [id, person(id, id === sharing ? { screen: picture } : {})]));
  return arrange({
    stage: { width: 1280, height: 720 },
    layout: 'grid',
    order: ids,
    people,
    pinned: [],
    speaker: null,
    page: 0,
    heldCapacity: 1,
    ...over,
  });
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

test('a newcomer takes an empty place and nobody else moves', () => {
  const three = room(names(3));
  const four = room(names(4), { heldCapacity: three.capacity });
  for (const tile of three.placed) {
    expect(four.placed.find((other) => other.key === tile.key)?.rect).toEqual(tile.rect);
  }
});

test('a large face beside a strip is not cut to a column', () => {
  const { placed } = room(['me', 'a', 'b'], { layout: 'speaker', stage: { width: 900, height: 720 } });
  const main = placed.find((tile) => tile.role === 'main')?.rect;
  expect((main?.width ?? 0) / (main?.height ?? 1)).toBeGreaterThanOrEqual(1.24);
});

test('one\'s own picture leads the strip, however narrow and however late one came', () => {
  for (const stage of [{ width: 374, height: 640 }, { width: 1280, height: 720 }]) {
    const { placed, strip } = room(['a', 'b', 'c', 'me'], { layout: 'speaker', speaker: 'a', stage });
    expect(strip).toBe(stage.width > stage.height ? 'side' : 'bottom');
    expect(placed.find((tile) => tile.role === 'thumb')?.seatId).toBe('me');
  }
});

test('three on an upright phone fill it', () => {
  const { placed } = room(names(3), { stage: { width: 374, height: 740 } });
  expect(placed.at(-1)?.rect.y).toBeGreaterThan(480);
});

test('one person leaving does not shrink the grid at once', () => {
  expect(capacityFor(5, 6)).toBe(6);
  expect(capacityFor(4, 6)).toBe(6);
  expect(capacityFor(2, 6)).toBe(2);
});

test('no tile leaves the stage or lies upon another', () => {
  for (const stage of [
    { width: 1280, height: 720 },
    { width: 390, height: 640 },
    { width: 320, height: 480 },
    { width: 844, height: 300 },
  ]) {
    for (const count of [1, 2, 3, 5, 8, 13, 25, 40]) {
      for (const layout of ['grid', 'speaker'] as const) {
        const { placed, strip } = room(names(count), { stage, layout });
        for (const a of placed) {
          expect(a.rect.x).toBeGreaterThanOrEqual(0);
          expect(a.rect.y).toBeGreaterThanOrEqual(0);
          expect(a.rect.x + a.rect.width).toBeLessThanOrEqual(stage.width + 1);
          expect(a.rect.y + a.rect.height).toBeLessThanOrEqual(stage.height + 1);
          if (strip === 'floating') continue;
          for (const b of placed) {
            if (a.key === b.key) continue;
            const apart =
              a.rect.x + a.rect.width <= b.rect.x ||
              b.rect.x + b.rect.width <= a.rect.x ||
              a.rect.y + a.rect.height <= b.rect.y ||
              b.rect.y + b.rect.height <= a.rect.y;
            expect(apart, `${count} in ${stage.width}×${stage.height}, ${layout}`).toBe(true);
          }
        }
      }
    }
  }
});

test('a page holds 25 on a desktop and fewer on a phone', () => {
  expect(pageSize({ width: 1600, height: 900 })).toBe(25);
  expect(pageSize({ width: 390, height: 640 })).toBeLessThanOrEqual(8);
  expect(room(names(30)).pages).toBe(2);
});

test('a page that no longer exists becomes the last one', () => {
  expect(room(names(3), { page: 7 }).page).toBe(0);
});

test('a shared screen takes the large place in the grid too', () => {
  const { placed } = room(['me', 'a', 'b'], {}, 'a');
  expect(placed.find((tile) => tile.role === 'main')?.key).toBe(screenKey('a'));
});

test('a pin outweighs a shared screen', () => {
  const { placed } = room(['me', 'a', 'b'], { pinned: [cameraKey('b')] }, 'a');
  expect(placed.find((tile) => tile.role === 'main')?.key).toBe(cameraKey('b'));
});

test('slides take the large place in both layouts, a screen shared meanwhile goes before them, and a pin before both', () => {
  const large = (over: Partial<ArrangeInput>, sharing?: string) =>
    room(['me', 'a', 'b'], { slides: true, ...over }, sharing).placed.find((tile) => tile.role === 'main')?.key;
  expect(large({})).toBe(SLIDES.key);
  expect(large({ layout: 'speaker' })).toBe(SLIDES.key);
  expect(large({}, 'a')).toBe(screenKey('a'));
  expect(large({ pinned: [SLIDES.key] }, 'a')).toBe(SLIDES.key);
  expect(large({ pinned: [cameraKey('b')] })).toBe(cameraKey('b'));
});

test('two on a phone with slides: the page is whole, and nobody floats over it', () => {
  const { strip, placed } = room(['me'], { slides: true, stage: { width: 390, height: 640 } });
  expect(strip).toBe('bottom');
  const page = placed.find((tile) => tile.what === 'slides')?.rect;
  const own = placed.find((tile) => tile.what === 'camera')?.rect;
  expect(page && own && page.y + page.height <= own.y).toBe(true);
});

test('a pin on somebody who left is as if it were not there', () => {
  expect(room(['me', 'a'], { pinned: [cameraKey('gone')] }).placed.every((tile) => tile.role === 'tile')).toBe(true);
});

test('before anybody speaks the speaker layout shows the other one, not me', () => {
  const { placed } = room(['me', 'a'], { layout: 'speaker' });
  expect(placed.find((tile) => tile.role === 'main')?.seatId).toBe('a');
});

test('two on a phone: the other fills the screen, I float in a corner', () => {
  const { strip, placed } = room(['me', 'a'], { layout: 'speaker', stage: { width: 390, height: 640 } });
  expect(strip).toBe('floating');
  expect(placed.find((tile) => tile.role === 'main')?.rect).toEqual({ x: 0, y: 0, width: 390, height: 640 });
});

test('the order of the stage outlives whoever comes and goes', () => {
  expect(keepOrder(['b', 'a', 'gone'], [person('a'), person('b'), person('new')])).toEqual(['b', 'a', 'new']);
});

test('a hidden speaker changes places with the longest silent, and nobody else moves', () => {
  const order = ['me', 'a', 'b', 'c', 'd'];
  const spoke = new Map([
    ['a', 50],
    ['b', 10],
    ['c', 90],
  ]);
  expect(bringForward(order, 'd', 4, spoke, new Set(['me']))).toEqual(['me', 'a', 'd', 'c', 'b']);
  expect(bringForward(order, 'a', 4, spoke, new Set(['me']))).toBe(order);
});
