import type { ApiError } from '@/shared/api';
import { waitBefore } from './backoff';
import { type LiveState, nothingKnown, reduceLive } from './live';
import type { Feed, FeedLink, FeedOptions } from './live-feed';
import type {
  ClosedWhy,
  DeviceChoice,
  HandedTracks,
  Media,
  MediaEvents,
  MediaFactory,
  MediaState,
  Source,
} from './media';
import { noMedia } from './media';
import type { Memory } from './memory';
import { NEEDS, Notices } from './notices';
import { asApiError, deviceProblem } from './problems';
import { Pointer } from './pointer';
import { Reactions } from './reactions';
import { createStore } from './store';
import { Switches } from './switches';
import { listens, waitsForLive } from './webinar';
import type { LiveEvent, MediaToken, Message, Room, Seat } from './wire';

/**
 * One person's stay in one room, from the moment they have a seat to the moment they go: the lobby, the media
 * connection and its losses, the live stream, and what they do in between. Their switches and the notices they see
 * are things of their own. No React and no LiveKit in here: components read the stores and call the methods, tests
 * own the clock.
 *
 * The invariant: while `phase` is `call`, either media is connected or an attempt to connect is scheduled.
 */
export type Phase = 'lobby' | 'backstage' | 'call' | 'elsewhere' | Ending;
type Ending = 'ended' | 'removed' | 'refused' | 'left';

export interface SessionState {
  readonly phase: Phase;
  /** `joining` the first time, `back` after a loss. */
  readonly link: 'joining' | 'connected' | 'back';
  /** Attempts since the last success; words change as it grows. */
  readonly attempts: number;
  /** The last failure of joining, for its words. */
  readonly problem: ApiError | null;
  readonly feed: FeedLink;
  /** The server said that it restarts. */
  readonly restarting: boolean;
}

export interface SessionApi {
  token(): Promise<MediaToken>;
  say(body: string, key: string): Promise<Message>;
  raiseHand(): Promise<void>;
  lowerHand(): Promise<void>;
  answerCheck(checkId: string): Promise<void>;
  comeOnStage(): Promise<unknown>;
  leaveStage(): Promise<unknown>;
}

export interface SessionParts {
  readonly seat: Seat;
  /** How the room is held, as far as it was known before; the live stream corrects it. */
  readonly held: Pick<Room, 'mode' | 'phase'>;
  readonly liveUrl: string;
  /** Where media is when the token names no place. */
  readonly sameOrigin: string;
  readonly api: SessionApi;
  readonly media: MediaFactory;
  readonly openFeed: (options: FeedOptions) => Feed;
  readonly memory: Memory;
  readonly devices: DeviceChoice;
  readonly handed: HandedTracks;
  readonly start: { readonly microphone: boolean; readonly camera: boolean };
  readonly random?: () => number;
}

/** Listeners who are let in together ask for media spread over so long. */
const COME_IN_WITHIN_MS = 2000;

export class CallSession {
  readonly live = createStore<LiveState>(nothingKnown);
  readonly media = createStore<MediaState>(noMedia);
  readonly state = createStore<SessionState>({
    phase: 'lobby',
    link: 'joining',
    attempts: 0,
    problem: null,
    feed: 'connecting',
    restarting: false,
  });
  readonly notices = new Notices();
  readonly reactions = new Reactions();
  readonly pointer = new Pointer((point) => void this.port?.point(point).catch(() => undefined));
  readonly switches: Switches;

  private port: Media | null = null;
  private portPromise: Promise<Media> | null = null;
  private readonly feed: Feed;
  private over = false;
  private connecting = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  /** Whether I want my hand up; a hand that goes down against it was lowered by a moderator. */
  private handMine = false;
  private readonly unsubscribes: (() => void)[] = [];

  constructor(private readonly parts: SessionParts) {
    this.switches = new Switches(parts.start, (source, error) => this.notices.switchFailed(source, error));
    this.unsubscribes.push(this.switches.state.subscribe(() => this.keepSwitches()));
    this.live.update((now) => ({ ...now, me: parts.seat, room: { ...now.room, ...parts.held } }));
    parts.memory.keepVisit({ inCall: true, ...parts.start });
    this.feed = parts.openFeed({
      url: parts.liveUrl,
      onEvent: (event) => this.onLive(event),
      onLink: (feed) => this.state.update((now) => ({ ...now, feed })),
      onRefused: (status, code) => this.onRefused(status, code),
    });
    this.followSeat(parts.seat);
  }

  // ---- what a person does ------------------------------------------------------------------------------------

  async leave(): Promise<void> {
    if (this.over) return;
    this.finish('left');
    await this.port?.leave();
  }

  /** After `elsewhere`: the person wants the call here, in this tab. */
  takeOver(): void {
    if (this.state.get().phase !== 'elsewhere') return;
    this.state.update((now) => ({ ...now, phase: 'call', link: 'joining', attempts: 0 }));
    this.parts.memory.keepVisit({ inCall: true });
    this.scheduleConnect(0);
  }

  /** The browser says that the network is back, or the page was shown again: do not wait for the timer. */
  networkReturned(): void {
    if (this.over) return;
    this.feed.nudge();
    const { phase } = this.state.get();
    if (phase === 'call' && !this.connecting && this.media.get().link === 'closed') this.scheduleConnect(0);
  }

  async setSwitch(source: Source, on: boolean): Promise<void> {
    if (this.over) return;
    if (on && this.forbidden(source)) this.notices.tell({ key: this.onlyListen() ? 'stage.off' : `forbidden.${NEEDS[source]}` });
    else await this.switches.set(source, on);
  }

  async useDevice(kind: 'microphone' | 'camera' | 'speaker', deviceId: string): Promise<void> {
    const kept = { microphone: 'microphoneId', camera: 'cameraId', speaker: 'speakerId' } as const;
    this.parts.memory.keepHabits({ [kept[kind]]: deviceId });
    try {
      await this.port?.useDevice(kind, deviceId);
    } catch (error) {
      this.notices.tell({ key: 'problem', code: deviceProblem(error), ...(kind === 'speaker' ? {} : { source: kind }) });
    }
  }

  devices(): DeviceChoice {
    return this.port?.devices() ?? this.parts.devices;
  }

  async flipCamera(): Promise<void> {
    try {
      await this.port?.flipCamera();
    } catch (error) {
      this.notices.tell({ key: 'problem', code: deviceProblem(error), source: 'camera' });
    }
  }

  async startSound(): Promise<void> {
    await this.port?.startSound();
  }

  /** The camera the pre-join page left on, for the mirror in the lobby. */
  handedCamera(): MediaStreamTrack | null {
    return this.parts.handed.camera ?? null;
  }

  microphoneTrack(): MediaStreamTrack | null {
    return this.port?.microphoneTrack() ?? null;
  }

  async react(emoji: string): Promise<void> {
    if (!this.reactions.maySend()) return;
    const me = this.live.get().me;
    if (me) this.reactions.show(me.id, emoji);
    // A reaction may be lost: nobody is told that theirs did not arrive.
    await this.port?.react(emoji).catch(() => undefined);
  }

  async setHand(up: boolean): Promise<void> {
    this.handMine = up;
    await this.attempt(() => (up ? this.parts.api.raiseHand() : this.parts.api.lowerHand()));
  }

  /** The answer to an invitation; declining and leaving the stage later are one deed. */
  async setOnStage(on: boolean): Promise<void> {
    await this.attempt(() => (on ? this.parts.api.comeOnStage() : this.parts.api.leaveStage()));
  }

  /** «I am here»; the question goes away once the server has the answer, or says that it came too late. */
  async answerCheck(id: string): Promise<void> {
    const done = await this.attempt(() => this.parts.api.answerCheck(id));
    this.live.update((now) => {
      if (now.check?.asked.id !== id) return now;
      return { ...now, check: done ? { ...now.check, answered: true } : null };
    });
  }

  /** Resolves to false, and says why in a notice, when the message was not taken. The key makes a retry harmless. */
  async say(body: string, key: string): Promise<boolean> {
    return this.attempt(async () => {
      const message = await this.parts.api.say(body, key);
      this.live.update((now) => reduceLive(now, { type: 'chat', data: message }));
    });
  }

  /** Runs a request and turns its failure into a notice. */
  async attempt(request: () => Promise<unknown>): Promise<boolean> {
    try {
      await request();
      return true;
    } catch (error) {
      const problem = asApiError(error);
      this.notices.tell({ key: 'problem', code: problem.code, detail: problem.problem.detail ?? '' });
      return false;
    }
  }

  /** Lets go of everything without leaving the call in the person's memory: the tab is going away or reloading. */
  dispose(): void {
    if (this.over) return;
    this.over = true;
    this.stop();
    void this.port?.leave();
  }

  // ---- what the server says ----------------------------------------------------------------------------------

  private onLive(event: LiveEvent): void {
    if (this.over) return;
    const before = this.live.get();
    const after = reduceLive(before, event);
    this.live.set(after);
    if (event.type === 'restart') this.state.update((now) => ({ ...now, restarting: true }));
    if (event.type === 'snapshot') this.state.update((now) => ({ ...now, restarting: false }));
    if (after.ended) return this.finish('ended');
    // What kept a lesson from beginning is gone: nobody waits for the next attempt.
    const mayBegin = event.type === 'lesson' && event.data.missing === 0;
    const hasBegun = before.room.status === 'planned' && after.room.status === 'live';
    if ((mayBegin || hasBegun) && this.state.get().problem?.code.startsWith('lesson.')) this.scheduleConnect(0);
    if (!after.me) return;
    if (before.known) this.noticeChanges(before, after);
    this.followSeat(after.me);
  }

  private onRefused(status: number, code: string): void {
    if (this.over) return;
    const ending = endingOf(status, code);
    if (ending) this.finish(ending);
    else this.state.update((now) => ({ ...now, feed: 'lost' }));
  }

  private followSeat(seat: Seat): void {
    const { phase } = this.state.get();
    if (seat.status === 'removed') this.finish('removed');
    else if (seat.status === 'refused') this.finish('refused');
    else if (waitsForLive(this.live.get().room, seat)) {
      if (phase === 'lobby' || phase === 'call') this.waitForLive();
    } else if (seat.status === 'admitted' && (phase === 'lobby' || phase === 'backstage')) {
      this.state.update((now) => ({ ...now, phase: 'call' }));
      const together = phase === 'backstage' && this.onlyListen();
      this.scheduleConnect(together ? (this.parts.random ?? Math.random)() * COME_IN_WITHIN_MS : 0);
    }
  }

  /** Before the start of a webinar: the live stream tells when it is time, and media waits until then. */
  private waitForLive(): void {
    this.state.update((now) => ({ ...now, phase: 'backstage', link: 'joining', attempts: 0 }));
  }

  private onlyListen(): boolean {
    const { room, me } = this.live.get();
    return me !== null && listens(room, me);
  }

  private noticeChanges(before: LiveState, after: LiveState): void {
    const was = before.me;
    const is = after.me;
    if (!was || !is || was.status !== 'admitted' || is.status !== 'admitted') return;
    const wasUp = before.hands.includes(was.id);
    const isUp = after.hands.includes(is.id);
    if (isUp && !wasUp) this.handMine = true;
    if (wasUp && !isUp && this.handMine) {
      this.handMine = false;
      this.notices.tell({ key: 'hand.lowered' });
    }
    const silent = listens(after.room, is);
    const moved = silent !== listens(before.room, was);
    if (moved && after.room.mode === 'webinar') {
      // Whoever comes on the stage has the word; their hand goes down with it.
      this.handMine = false;
      this.notices.tell({ key: silent ? 'stage.off' : 'stage.on' });
    }
    if (was.role !== is.role) {
      if (is.role === 'cohost') this.notices.tell({ key: 'role.cohost' });
      if (is.role === 'participant') this.notices.tell({ key: 'role.participant' });
    } else {
      for (const what of ['unmute', 'video', 'share', 'chat'] as const) {
        // The stage gives and takes the three that are heard and seen, and says so itself.
        if (what !== 'chat' && (moved || silent)) continue;
        if (was.may[what] !== is.may[what]) this.notices.rightChanged(what, is.may[what]);
      }
    }
  }

  // ---- media -------------------------------------------------------------------------------------------------

  private scheduleConnect(ms: number): void {
    if (this.over) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), ms);
  }

  private async connect(): Promise<void> {
    if (this.over || this.connecting || this.state.get().phase !== 'call') return;
    this.connecting = true;
    try {
      const { url, token } = await this.parts.api.token();
      const port = await this.loadPort();
      if (this.over) return;
      await port.connect(url ?? this.parts.sameOrigin, token);
      if (this.over) return void port.leave();
      this.state.update((now) => ({ ...now, link: 'connected', attempts: 0, problem: null }));
      this.switchOnAgain(port);
    } catch (error) {
      if (this.over) return;
      const problem = asApiError(error);
      const ending = endingOf(problem.status, problem.code);
      if (ending) return this.finish(ending);
      if (problem.code === 'room.backstage') return this.waitForLive();
      if (problem.code === 'seat.waiting') {
        // A moderator turned the lobby on us; the live stream tells when we are let in.
        this.state.update((now) => ({ ...now, phase: 'lobby', link: 'joining', attempts: 0 }));
        return;
      }
      const attempts = this.state.get().attempts + 1;
      this.state.update((now) => ({ ...now, attempts, problem }));
      this.scheduleConnect(waitBefore(attempts, this.parts.random));
    } finally {
      this.connecting = false;
    }
  }

  private loadPort(): Promise<Media> {
    if (this.portPromise) return this.portPromise;
    const events: MediaEvents = {
      onClosed: (why) => this.onClosed(why),
      onReaction: (seatId, emoji) => this.reactions.show(seatId, emoji),
      // Anybody could send one: only whoever leads is looked at.
      onPointer: (seatId, point) => this.live.get().showing?.seatId === seatId && this.pointer.show(point),
      onSwitchedOff: (source, by) => this.onSwitchedOff(source, by),
    };
    this.portPromise = this.parts.media(events, this.parts.devices, this.parts.handed).then(
      (port) => {
        this.port = port;
        const unsubscribe = port.state.subscribe(() => {
          const before = this.media.get().link;
          this.media.set(port.state.get());
          if (before !== 'reconnecting' || this.media.get().link !== 'connected') return;
          // What broke the media connection broke the live stream too, and a dead stream is silent for long.
          this.feed.nudge();
          void this.switches.resumed();
        });
        this.unsubscribes.push(unsubscribe);
        return port;
      },
      (error: unknown) => {
        // A chunk that did not load is fetched again at the next attempt.
        this.portPromise = null;
        throw error;
      },
    );
    return this.portPromise;
  }

  private onClosed(why: ClosedWhy): void {
    if (this.over) return;
    this.switches.disconnected();
    if (why === 'elsewhere') {
      clearTimeout(this.retry);
      this.parts.memory.keepVisit({ inCall: false });
      this.state.update((now) => ({ ...now, phase: 'elsewhere' }));
      return;
    }
    this.state.update((now) => ({ ...now, link: 'back', attempts: 0 }));
    // Removed or ended: the server's answer to the token request says which, and in its words.
    this.scheduleConnect(why === 'lost' ? 0 : 200);
  }

  /** What is wanted now, whether it was on when the line broke or was chosen since. */
  private switchOnAgain(port: Media): void {
    for (const source of ['microphone', 'camera'] as const) if (this.forbidden(source)) this.switches.withdraw(source);
    void this.switches.connected(port);
  }

  private forbidden(source: Source): boolean {
    return this.live.get().me?.may[NEEDS[source]] === false;
  }

  private onSwitchedOff(source: Source, by: 'moderator' | 'device' | 'browser'): void {
    if (this.over) return;
    this.switches.withdraw(source);
    // The browser's own bar was the person's own press, and a rule that forbids the source says so itself.
    if (by === 'browser' || (by === 'moderator' && this.forbidden(source))) return;
    this.notices.switchedOff(source, by);
  }

  private keepSwitches(): void {
    const { microphone, camera } = this.switches.state.get();
    this.parts.memory.keepVisit({ microphone, camera });
  }

  private finish(phase: Ending): void {
    if (this.over) return;
    this.over = true;
    this.parts.memory.forgetVisit();
    this.stop();
    this.state.update((now) => ({ ...now, phase }));
    if (phase !== 'left') void this.port?.leave();
  }

  private stop(): void {
    clearTimeout(this.retry);
    this.feed.close();
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.switches.disconnected();
    if (!this.port) {
      this.parts.handed.microphone?.stop();
      this.parts.handed.camera?.stop();
    }
  }
}

/** What a refusal of the server means for the stay; null: nothing final. */
function endingOf(status: number, code: string): Ending | null {
  if (code === 'room.ended' || status === 410) return 'ended';
  if (code === 'seat.removed') return 'removed';
  if (code === 'seat.refused') return 'refused';
  // Without a consent the room is closed; on the way back in, its page comes first.
  return code === 'seat.none' || code === 'consent.due' || status === 404 ? 'left' : null;
}
