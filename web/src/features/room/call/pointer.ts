import type { Point } from './media';
import { createStore } from './store';

/** One position in so many milliseconds is enough for a steady hand, and little for a narrow line. */
const EVERY_MS = 60;
/** A pointer that says nothing for so long has gone: its last word may have been lost. */
const FADES_MS = 3000;
const MAX_BYTES = 120;

/** Where whoever leads points on the slide, mine or theirs. Nothing of it is kept anywhere. */
export class Pointer {
  readonly state = createStore<Point | null>(null);
  private fading: ReturnType<typeof setTimeout> | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private latest: Point | null = null;

  constructor(private readonly send: (point: Point | null) => void) {}

  show(point: Point | null): void {
    clearTimeout(this.fading);
    this.state.set(point);
    if (point) this.fading = setTimeout(() => this.state.set(null), FADES_MS);
  }

  /** I point here: shown to me at once, to the others as often as is sensible. */
  point(point: Point | null): void {
    this.show(point);
    this.latest = point;
    if (this.waiting !== undefined) return;
    this.send(point);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      if (this.latest !== point) this.point(this.latest);
    }, EVERY_MS);
  }
}

/** What came over the line; null for a pointer that went away, and for whatever is no place on a page. */
export function readPoint(payload: Uint8Array): Point | null {
  if (payload.byteLength > MAX_BYTES) return null;
  try {
    const { page, x, y } = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    const within = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
    return typeof page === 'number' && within(x) && within(y) ? { page, x, y } : null;
  } catch {
    return null;
  }
}
