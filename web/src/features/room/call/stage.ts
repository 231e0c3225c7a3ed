import type { MediaPerson } from './media';
import type { Layout } from './memory';

/**
 * Where each tile stands. Pure geometry: people in, rectangles out. Two rules keep the stage calm. The grid grows in
 * steps, so that a newcomer takes an empty place and nobody moves; and the order never changes by itself, except
 * that somebody who speaks on a hidden page changes places with the longest silent one on the first.
 */
export type TileKey = string;

export interface TileId {
  readonly key: TileKey;
  readonly seatId: string;
  readonly what: 'camera' | 'screen' | 'slides';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Placed extends TileId {
  readonly rect: Rect;
  readonly role: 'main' | 'tile' | 'thumb';
}

export interface Arrangement {
  readonly placed: readonly Placed[];
  readonly page: number;
  readonly pages: number;
  /** The page buttons stand below the grid or beside the strip. */
  readonly strip: 'none' | 'side' | 'bottom' | 'floating';
}

export const MAX_TILES = 25;
const WIDE_STEPS = [1, 2, 4, 6, 9, 12, 16, 20, 25] as const;
/** On an upright phone three stand above each other and fill the screen. */
const TALL_STEPS = [1, 2, 3, 4, 6, 8] as const;
const GAP = 8;
/** A tile narrower than this shows nobody. */
const MIN_TILE = 132;
const THUMB = { side: 208, bottom: 144 } as const;

export function cameraKey(seatId: string): TileKey {
  return `${seatId}/camera`;
}

export function screenKey(seatId: string): TileKey {
  return `${seatId}/screen`;
}

/** The slides that everybody sees; there is one place for them. */
export const SLIDES: TileId = { key: 'slides', seatId: '', what: 'slides' };

export function tileOf(key: TileKey): TileId {
  if (key === SLIDES.key) return SLIDES;
  const [seatId = '', what] = key.split('/');
  return { key, seatId, what: what === 'screen' ? 'screen' : 'camera' };
}

/** The order of last time, without those who left, with newcomers at the end. */
export function keepOrder(before: readonly string[], people: readonly Pick<MediaPerson, 'id'>[]): readonly string[] {
  const here = new Set(people.map((person) => person.id));
  const stayed = before.filter((id) => here.has(id));
  const known = new Set(stayed);
  const next = [...stayed, ...people.filter((person) => !known.has(person.id)).map((person) => person.id)];
  return next.length === before.length && next.every((id, index) => id === before[index]) ? before : next;
}

/**
 * Brings a speaker of a hidden page to the first one, in place of whoever there has been silent longest. Our own
 * tile and those who speak now keep their places.
 */
export function bringForward(
  order: readonly string[],
  speakerId: string,
  firstPage: number,
  spokeAt: ReadonlyMap<string, number>,
  fixed: ReadonlySet<string>,
): readonly string[] {
  const from = order.indexOf(speakerId);
  if (from < firstPage) return order;
  let quietest = -1;
  let since = Infinity;
  for (let index = 0; index < Math.min(firstPage, order.length); index++) {
    const id = order[index];
    if (id === undefined || fixed.has(id)) continue;
    const spoke = spokeAt.get(id) ?? 0;
    if (spoke < since) {
      since = spoke;
      quietest = index;
    }
  }
  const displaced = order[quietest];
  if (displaced === undefined) return order;
  const next = [...order];
  next[quietest] = speakerId;
  next[from] = displaced;
  return next;
}

/** How many tiles a page of the grid holds on a stage of this size. */
export function pageSize(stage: Size): number {
  const columns = Math.max(1, Math.floor((stage.width + GAP) / (MIN_TILE + GAP)));
  const rows = Math.max(1, Math.floor((stage.height + GAP) / (MIN_TILE * 0.75 + GAP)));
  const room = Math.min(columns * rows, stage.width < 640 ? 8 : MAX_TILES);
  return stepsOf(stage).reduce<number>((best, step) => (step <= room ? step : best), 1);
}

function stepsOf(stage: Size): readonly number[] {
  return stage.width > stage.height ? WIDE_STEPS : TALL_STEPS;
}

interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/** The columns and rows whose tiles, at about 16:9, are the largest. */
export function cellsFor(capacity: number, stage: Size): Cells {
  let best: Cells = { columns: 1, rows: capacity };
  let bestArea = -1;
  for (let columns = 1; columns <= capacity; columns++) {
    const rows = Math.ceil(capacity / columns);
    const width = (stage.width - GAP * (columns - 1)) / columns;
    const height = (stage.height - GAP * (rows - 1)) / rows;
    const shown = fit({ width, height }, stage);
    const area = shown.width * shown.height;
    if (area > bestArea + 1) {
      best = { columns, rows };
      bestArea = area;
    }
  }
  return best;
}

/**
 * Cameras are wide, and a tall tile would cut the ears off: beside a wide stage a tile is nearly 4:3 at its tallest,
 * on an upright phone it may be upright too. Beyond that the cell keeps an empty margin.
 */
function fit(cell: Size, stage: Size): Size {
  const ratio = cell.width / cell.height;
  const tallest = stage.width > stage.height ? 1.25 : 0.75;
  if (ratio > 1.9) return { width: cell.height * 1.9, height: cell.height };
  if (ratio < tallest) return { width: cell.width, height: cell.width / tallest };
  return cell;
}

/** The step that holds so many; `held` is the step of before, kept while it is no more than one too large. */
export function capacityFor(count: number, held: number, steps: readonly number[] = WIDE_STEPS): number {
  const needed = steps.find((step) => step >= count) ?? steps.at(-1) ?? MAX_TILES;
  const heldIndex = steps.indexOf(held);
  const neededIndex = steps.indexOf(needed);
  return heldIndex === neededIndex + 1 && count > 2 ? held : needed;
}

export interface ArrangeInput {
  readonly stage: Size;
  readonly layout: Layout;
  /** Seat ids in the order of the stage. */
  readonly order: readonly string[];
  readonly people: ReadonlyMap<string, MediaPerson>;
  /** A page of slides is shown. */
  readonly slides?: boolean;
  /** Pinned tiles, the first one largest. */
  readonly pinned: readonly TileKey[];
  /** Whom the speaker layout shows large. */
  readonly speaker: string | null;
  readonly page: number;
  readonly heldCapacity: number;
}

export function arrange(input: ArrangeInput): Arrangement & { readonly capacity: number } {
  const { order, people, stage } = input;
  const cameras = order.filter((id) => people.has(id)).map((id) => tileOf(cameraKey(id)));
  const screens = order.filter((id) => people.get(id)?.screen).map((id) => tileOf(screenKey(id)));
  // What is shared this minute goes before the page that stands there all along.
  const shared = input.slides ? [SLIDES, ...screens] : screens;
  const shown = new Set([...shared, ...cameras].map((tile) => tile.key));
  const pinned = input.pinned.filter((key) => shown.has(key)).map(tileOf);

  const main = pinned.length > 0 ? pinned : mainOf(input, shared, cameras);
  if (main.length === 0) return { ...grid([...shared, ...cameras], input), strip: 'none' };
  const taken = new Set(main.map((tile) => tile.key));
  // Our own picture leads the strip: on a narrow one it would else wait on a page nobody turns to.
  const own = cameras.filter((tile) => people.get(tile.seatId)?.local);
  const rest = [...own, ...shared, ...cameras.filter((tile) => !own.includes(tile))].filter((tile) => !taken.has(tile.key));
  return { ...focus(main, rest, stage, input.page), capacity: input.heldCapacity };
}

/** Slides and shared screens take the large place in both layouts; in the speaker layout somebody always does. */
function mainOf(input: ArrangeInput, screens: readonly TileId[], cameras: readonly TileId[]): readonly TileId[] {
  const screen = screens.at(-1);
  if (screen) return [screen];
  if (input.layout !== 'speaker') return [];
  const speaking = cameras.find((tile) => tile.seatId === input.speaker);
  const other = cameras.find((tile) => !input.people.get(tile.seatId)?.local);
  const shown = speaking ?? other ?? cameras[0];
  return shown ? [shown] : [];
}

function grid(
  tiles: readonly TileId[],
  input: ArrangeInput,
): Omit<Arrangement, 'strip'> & { readonly capacity: number } {
  const { stage } = input;
  const perPage = pageSize(stage);
  const pages = Math.max(1, Math.ceil(tiles.length / perPage));
  const page = Math.min(Math.max(0, input.page), pages - 1);
  const visible = tiles.slice(page * perPage, (page + 1) * perPage);
  const capacity = pages > 1 ? perPage : capacityFor(visible.length, input.heldCapacity, stepsOf(stage));
  const { columns, rows } = cellsFor(capacity, stage);
  const cell = {
    width: (stage.width - GAP * (columns - 1)) / columns,
    height: (stage.height - GAP * (rows - 1)) / rows,
  };
  const tile = fit(cell, stage);
  const left = (stage.width - (tile.width * columns + GAP * (columns - 1))) / 2;
  const top = (stage.height - (tile.height * rows + GAP * (rows - 1))) / 2;
  return {
    placed: visible.map((id, index) => ({
      ...id,
      role: 'tile' as const,
      rect: whole({
        x: left + (index % columns) * (tile.width + GAP),
        y: top + Math.floor(index / columns) * (tile.height + GAP),
        ...tile,
      }),
    })),
    page,
    pages,
    capacity,
  };
}

function focus(main: readonly TileId[], rest: readonly TileId[], stage: Size, wantedPage: number): Arrangement {
  const wide = stage.width >= stage.height * 1.1 && stage.width >= 640;
  // Two people on a phone: the other one fills the screen and we float in the corner, as in every phone's own calls.
  // Slides are read to their corners.
  if (!wide && main.length === 1 && rest.length === 1 && main[0]?.what !== 'slides') {
    const [big] = main;
    const [small] = rest;
    const width = Math.min(120, stage.width * 0.3);
    const height = width * (4 / 3);
    const placed: Placed[] = [];
    if (big) placed.push({ ...big, role: 'main', rect: { x: 0, y: 0, ...stage } });
    if (small) {
      placed.push({
        ...small,
        role: 'thumb',
        rect: whole({ x: stage.width - width - 8, y: stage.height - height - 8, width, height }),
      });
    }
    return { placed, page: 0, pages: 1, strip: 'floating' };
  }

  const thumbWidth = wide ? Math.min(THUMB.side, stage.width * 0.2) : Math.min(THUMB.bottom, stage.width * 0.36);
  const thumbHeight = thumbWidth * (wide ? 9 / 16 : 3 / 4);
  const perPage = wide
    ? Math.max(1, Math.floor((stage.height + GAP) / (thumbHeight + GAP)))
    : Math.max(1, Math.floor((stage.width + GAP) / (thumbWidth + GAP)));
  const pages = Math.max(1, Math.ceil(rest.length / perPage));
  const page = Math.min(Math.max(0, wantedPage), pages - 1);
  const visible = rest.slice(page * perPage, (page + 1) * perPage);
  const strip = rest.length === 0 ? 'none' : wide ? 'side' : 'bottom';
  const area: Size = {
    width: stage.width - (strip === 'side' ? thumbWidth + GAP : 0),
    height: stage.height - (strip === 'bottom' ? thumbHeight + GAP : 0),
  };

  const cells = cellsFor(main.length, area);
  const cell = {
    width: (area.width - GAP * (cells.columns - 1)) / cells.columns,
    height: (area.height - GAP * (cells.rows - 1)) / cells.rows,
  };
  const placed: Placed[] = main.map((id, index) => {
    // A shared screen is shown whole within its cell; a face must not be cut to fill one.
    const shown = id.what === 'camera' ? fit(cell, stage) : cell;
    return {
      ...id,
      role: 'main',
      rect: whole({
        x: (index % cells.columns) * (cell.width + GAP) + (cell.width - shown.width) / 2,
        y: Math.floor(index / cells.columns) * (cell.height + GAP) + (cell.height - shown.height) / 2,
        ...shown,
      }),
    };
  });
  visible.forEach((id, index) => {
    placed.push({
      ...id,
      role: 'thumb',
      rect: whole(
        wide
          ? { x: stage.width - thumbWidth, y: index * (thumbHeight + GAP), width: thumbWidth, height: thumbHeight }
          : { x: index * (thumbWidth + GAP), y: stage.height - thumbHeight, width: thumbWidth, height: thumbHeight },
      ),
    });
  });
  return { placed, page, pages, strip };
}

/** Whole pixels: a picture on half a pixel is a blurred picture. */
function whole(rect: Rect): Rect {
  return {
    x: Math.round(rect.x),
    y: Math.round(rect.y),
    width: Math.floor(rect.width),
    height: Math.floor(rect.height),
  };
}
