import type { Media, Source } from './media';
import { createStore, type Readable } from './store';

/** What the person wants; what others get is in the media state. */
export type Wishes = Readonly<Record<Source, boolean>>;

/** One connection and the acts that belong to it: with the connection they are forgotten, settled or not. */
interface Connection {
  readonly port: Media;
  readonly acts: Map<Source, Promise<void>>;
  /** Sources whose wish has not been acted upon yet. */
  readonly due: Set<Source>;
}

/**
 * Microphone, camera and screen: the wish changes at the press, and the connection is brought in line with it, one
 * act at a time for each source. A press while an act is under way is no second act: when the first is done, the
 * last wish is acted upon.
 */
export class Switches {
  readonly state: Readable<Wishes>;
  private readonly wishes;
  private connection: Connection | null = null;

  constructor(
    start: Pick<Wishes, 'microphone' | 'camera'>,
    private readonly onFailed: (source: Source, error: unknown) => void,
  ) {
    this.wishes = createStore<Wishes>({ ...start, screen_share: false });
    this.state = this.wishes;
  }

  /** Resolves when the connection does as wished, or cannot; at once while there is none. */
  set(source: Source, on: boolean): Promise<void> {
    this.put(source, on);
    return this.bring(source);
  }

  /** The source went off, or must, without an act of ours; one that is under way to switch it on is undone. */
  withdraw(source: Source): void {
    this.put(source, false);
    if (this.connection?.acts.has(source)) this.connection.due.add(source);
  }

  /** A new connection knows nothing of what was on in the last one. */
  connected(port: Media): Promise<void> {
    this.connection = { port, acts: new Map(), due: new Set() };
    return this.bringDevices();
  }

  /**
   * The same connection after a silence, whose media library took up again what it could: what got lost on the
   * way is switched on again. A screen cannot be, without asking the person.
   */
  async resumed(): Promise<void> {
    const me = this.connection?.port.state.get().people.find((person) => person.local);
    if (me && !me.screen && !this.connection?.acts.has('screen_share')) this.withdraw('screen_share');
    await this.bringDevices();
  }

  /** The connection is gone; devices stay wished for, a screen has to be chosen anew. */
  disconnected(): void {
    this.connection = null;
    this.withdraw('screen_share');
  }

  private async bringDevices(): Promise<void> {
    // Side by side: a question about the microphone that nobody answers must not keep the camera off.
    await Promise.all([this.bring('microphone'), this.bring('camera')]);
  }

  private bring(source: Source): Promise<void> {
    const connection = this.connection;
    if (!connection) return Promise.resolve();
    connection.due.add(source);
    const underWay = connection.acts.get(source);
    if (underWay) return underWay;
    const act = this.act(connection, source).finally(() => connection.acts.delete(source));
    connection.acts.set(source, act);
    return act;
  }

  private async act(connection: Connection, source: Source): Promise<void> {
    const { port, due } = connection;
    /** Whether an act's end still says something: its connection lives, and nothing else was wished meanwhile. */
    const counts = () => this.connection === connection && !due.has(source);
    while (this.connection === connection && due.delete(source)) {
      try {
        const done = await throwSwitch(port, source, this.wishes.get()[source]);
        if (!done && counts()) this.put(source, false);
      } catch (error) {
        // What fails while the line is broken is the line's fault: the wish waits for its return.
        if (!counts() || port.state.get().link !== 'connected') continue;
        this.put(source, false);
        this.onFailed(source, error);
      }
    }
  }

  private put(source: Source, on: boolean): void {
    if (this.wishes.get()[source] !== on) this.wishes.update((now) => ({ ...now, [source]: on }));
  }
}

/** Resolves to false when the person thought better of it in the browser's own dialog. */
async function throwSwitch(port: Media, source: Source, on: boolean): Promise<boolean> {
  if (source === 'screen_share') return port.setScreen(on);
  await (source === 'microphone' ? port.setMicrophone(on) : port.setCamera(on));
  return true;
}
