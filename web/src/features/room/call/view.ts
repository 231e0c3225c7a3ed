import type { MediaState } from './media';
import type { Layout, Memory, Panel } from './memory';
import { emptyFloor, type Floor, nextFloor, TAKES_THE_FLOOR_MS } from './speaker';
import { bringForward, keepOrder, type TileKey } from './stage';
import { createStore, type Readable } from './store';

/**
 * What one person sees of the call: layout, pins, the open panel, the page, and who stands where. Nobody else's
 * business, so the server never hears of it; the tab remembers it through a reload.
 */
export interface ViewState {
  readonly layout: Layout;
  readonly pinned: readonly TileKey[];
  readonly panel: Panel | null;
  readonly page: number;
  /** Seat ids in the order of the stage. */
  readonly order: readonly string[];
  /** Who has the floor: the large one of the speaker layout. */
  readonly speaker: string | null;
  /** The step the grid stands at, so that one person leaving does not redraw it. */
  readonly heldCapacity: number;
  /** The last chat message that was on the screen. */
  readonly readSeq: number;
  /** Questions that were on the screen. */
  readonly seenQuestions: ReadonlySet<string>;
}

export class CallView {
  readonly state;
  private floor: Floor = emptyFloor;
  private readonly spokeAt = new Map<string, number>();
  private firstPage = 25;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly media: Readable<MediaState>,
    private readonly memory: Memory,
    defaults: { readonly layout: Layout },
    private readonly now: () => number = Date.now,
  ) {
    const visit = memory.visit();
    const remembered = visit?.viewKept === true ? visit : null;
    this.state = createStore<ViewState>({
      layout: remembered?.layout ?? defaults.layout,
      pinned: remembered?.pinned ?? [],
      panel: remembered?.panel ?? null,
      page: 0,
      order: [],
      speaker: null,
      heldCapacity: 1,
      readSeq: 0,
      seenQuestions: new Set(),
    });
    this.follow();
    this.start();
  }

  /** Follows the media again after `dispose`; React mounts twice in development. */
  start(): void {
    this.unsubscribe ??= this.media.subscribe(() => this.follow());
  }

  dispose(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
    clearTimeout(this.timer);
  }

  setLayout(layout: Layout): void {
    this.change({ layout, page: 0, pinned: [] });
  }

  /** One more click on a pinned tile lets it go; a pin on another one takes its place. */
  togglePin(key: TileKey): void {
    const { pinned } = this.state.get();
    this.change({ pinned: pinned.includes(key) ? pinned.filter((other) => other !== key) : [key], page: 0 });
  }

  togglePanel(panel: Panel): void {
    this.change({ panel: this.state.get().panel === panel ? null : panel });
  }

  closePanel(): void {
    this.change({ panel: null });
  }

  turnPage(by: number): void {
    const { page } = this.state.get();
    this.state.update((now) => ({ ...now, page: Math.max(0, page + by) }));
  }

  /** The stage tells what it really shows: the page, when there are fewer than was asked for, and the grid's step. */
  settle(shown: { page: number; capacity: number; firstPage: number }): void {
    this.firstPage = shown.firstPage;
    const { page, heldCapacity } = this.state.get();
    if (page !== shown.page || heldCapacity !== shown.capacity) {
      this.state.update((now) => ({ ...now, page: shown.page, heldCapacity: shown.capacity }));
    }
  }

  readUpTo(seq: number): void {
    if (seq > this.state.get().readSeq) this.state.update((now) => ({ ...now, readSeq: seq }));
  }

  sawQuestions(ids: readonly string[]): void {
    const { seenQuestions } = this.state.get();
    if (ids.every((id) => seenQuestions.has(id))) return;
    this.state.update((now) => ({ ...now, seenQuestions: new Set([...seenQuestions, ...ids]) }));
  }

  private change(change: Partial<ViewState>): void {
    this.state.update((now) => ({ ...now, ...change }));
    const { layout, pinned, panel } = this.state.get();
    this.memory.keepVisit({ layout, pinned, panel, viewKept: true });
  }

  private follow(): void {
    const { people, speakers } = this.media.get();
    const now = this.now();
    const here = new Set(people.map((person) => person.id));
    const myself = people.find((person) => person.local)?.id ?? null;
    for (const id of speakers) this.spokeAt.set(id, now);
    let order = keepOrder(this.state.get().order, people);
    const fixed = new Set(speakers);
    if (myself !== null) fixed.add(myself);
    for (const id of speakers) order = bringForward(order, id, this.firstPage, this.spokeAt, fixed);
    this.floor = nextFloor(this.floor, speakers, here, myself, now);
    clearTimeout(this.timer);
    // A challenger who goes on speaking sends no new event: look again when their time has come.
    if (this.floor.challenger !== null) this.timer = setTimeout(() => this.follow(), TAKES_THE_FLOOR_MS);
    const before = this.state.get();
    if (before.order !== order || before.speaker !== this.floor.holder) {
      this.state.set({ ...before, order, speaker: this.floor.holder });
    }
  }
}
