import { createStore, type Readable } from './store';

export interface Reaction {
  readonly id: number;
  readonly seatId: string;
  readonly emoji: string;
}

const SHOWN_MS = 4500;
const AT_ONCE = 30;
/** Reactions one person may send in a second; more would only be noise on everybody's screen. */
const PER_SECOND = 4;

/** Emoji that are on their way up the stage, mine and others'. */
export class Reactions {
  readonly state: Readable<readonly Reaction[]>;
  private readonly shown = createStore<readonly Reaction[]>([]);
  private nextId = 1;
  private sentAt: number[] = [];

  constructor() {
    this.state = this.shown;
  }

  /** Whether one more of mine may be sent now; a yes counts as sent. */
  maySend(): boolean {
    const now = Date.now();
    this.sentAt = this.sentAt.filter((at) => now - at < 1000);
    if (this.sentAt.length >= PER_SECOND) return false;
    this.sentAt.push(now);
    return true;
  }

  show(seatId: string, emoji: string): void {
    const id = this.nextId++;
    this.shown.update((now) => [...now, { id, seatId, emoji }].slice(-AT_ONCE));
    setTimeout(() => this.shown.update((now) => now.filter((reaction) => reaction.id !== id)), SHOWN_MS);
  }
}
