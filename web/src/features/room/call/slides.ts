import type { LiveState } from './live';
import { createStore, type Readable } from './store';
import type { Showing } from './wire';

/**
 * Which page I see. Everybody sees the one that is shown; whoever leads turns it for all, the others may look at
 * another one for themselves and come back. My own turns are on my screen at once: they are sent one after another,
 * and of those that wait only the latest, so that a fast hand ends where it stopped.
 */
export interface SlidesState {
  /** The page I look at by myself. */
  readonly own: number | null;
  /** The page I turned to and the server has not told yet. */
  readonly turned: number | null;
}

interface SlidesSession {
  readonly live: Readable<LiveState>;
  attempt(request: () => Promise<unknown>): Promise<boolean>;
}

interface SlidesApi {
  show(draft: { deckId: string; page: number; lead?: boolean }): Promise<unknown>;
}

type Draft = Parameters<SlidesApi['show']>[0];

const nothing: SlidesState = { own: null, turned: null };

export class Slides {
  readonly state = createStore<SlidesState>(nothing);
  /** Whether my mouse moves the pointer while I lead. */
  readonly pointing = createStore(false);
  private waiting: Draft | null = null;
  private sending = false;
  private unsubscribe: (() => void) | null = null;
  private deck: string | null = null;

  constructor(
    private readonly session: SlidesSession,
    private readonly api: SlidesApi,
  ) {}

  start(): void {
    this.unsubscribe ??= this.session.live.subscribe(() => this.follow());
    this.follow();
  }

  dispose(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  /** Puts a deck up, with me in the lead. */
  show(deckId: string): void {
    this.state.set(nothing);
    void this.send({ deckId, page: 1, lead: true });
  }

  turn(by: number): void {
    const page = pageSeen(this.shown(), this.state.get());
    if (page !== null) this.goTo(page + by);
  }

  goTo(wanted: number): void {
    const shown = this.shown();
    if (!shown) return;
    const page = Math.min(Math.max(1, Math.round(wanted)), shown.pages);
    if (page === pageSeen(shown, this.state.get())) return;
    if (leads(this.session.live.get())) {
      this.state.set({ own: null, turned: page });
      void this.send({ deckId: shown.deckId, page });
    } else {
      this.state.update((now) => ({ ...now, own: page === shown.page ? null : page }));
    }
  }

  /** Back to the page that everybody sees. */
  back(): void {
    this.state.update((now) => ({ ...now, own: null }));
  }

  /** A moderator brings everybody to the page they look at; with `lead` they lead from here on. */
  bringAll(lead: boolean): void {
    const shown = this.shown();
    const page = pageSeen(shown, this.state.get());
    if (!shown || page === null) return;
    this.state.set({ own: null, turned: page });
    void this.send({ deckId: shown.deckId, page, lead });
  }

  private shown(): Showing | null {
    return this.session.live.get().showing;
  }

  private async send(draft: Draft): Promise<void> {
    this.waiting = draft;
    if (this.sending) return;
    this.sending = true;
    let done = true;
    while (this.waiting) {
      const next = this.waiting;
      this.waiting = null;
      // oxlint-disable-next-line no-await-in-loop -- one after another is the point
      done = await this.session.attempt(() => this.api.show(next));
    }
    this.sending = false;
    if (!done || this.shown()?.page === this.state.get().turned) this.settle();
  }

  private follow(): void {
    const deck = this.shown()?.deckId ?? null;
    if (deck !== this.deck) {
      this.deck = deck;
      this.state.set(nothing);
    } else if (!this.sending) {
      this.settle();
    }
  }

  private settle(): void {
    if (this.state.get().turned !== null) this.state.update((now) => ({ ...now, turned: null }));
  }
}

/** Whether I lead what is shown. */
export function leads({ showing, me }: Pick<LiveState, 'showing' | 'me'>): boolean {
  return showing !== null && me !== null && showing.seatId === me.id;
}

/** The page on my screen; null while nothing is shown. */
export function pageSeen(shown: Showing | null, { own, turned }: SlidesState): number | null {
  if (!shown) return null;
  return Math.min(own ?? turned ?? shown.page, shown.pages);
}
