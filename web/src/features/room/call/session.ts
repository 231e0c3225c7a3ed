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
import { asApiError, deviceProblem } from './problems';
import { createStore } from './store';
import type { LiveEvent, MediaToken, Message, Seat } from './wire';

/**
 * One person's stay in one room, from the moment they have a seat to the moment they go: the lobby, the media
 * connection and its losses, the live stream, their own switches, and the notices they should see. No React and no
 * LiveKit in here: components read the stores and call the methods, tests own the clock.
 *
 * The invariant: while `phase` is `call`, either media is connected or an attempt to connect is scheduled.
 */
export type Phase = 'lobby' | 'call' | 'ended' | 'removed' | 'refused' | 'elsewhere' | 'left';

export type NoticeKey =
  | 'switched_off.microphone.moderator'
  | 'switched_off.microphone.device'
  | 'switched_off.camera.moderator'
  | 'switched_off.camera.device'
  | 'switched_off.screen_share.moderator'
  | 'switched_off.screen_share.browser'
  | 'forbidden.unmute'
  | 'forbidden.video'
  | 'forbidden.share'
  | 'forbidden.chat'
  | 'allowed.unmute'
  | 'allowed.video'
  | 'allowed.share'
  | 'allowed.chat'
  | 'role.cohost'
  | 'role.participant'
  | 'hand.lowered'
  | 'problem';

export interface Notice {
  readonly id: number;
  readonly key: NoticeKey;
  /** For `problem`: its code, and the server's sentence if it gave one. */
  readonly code?: string;
  readonly detail?: string;
  readonly source?: Source;
}

export interface Reaction {
  readonly id: number;
  readonly seatId: string;
  readonly emoji: string;
}

export interface Mine {
  /** What the person wants; what others get is in the media state. */
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  /** A switch is being thrown: the button waits. */
  readonly busy: readonly Source[];
}

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
  readonly mine: Mine;
  readonly notices: readonly Notice[];
  readonly reactions: readonly Reaction[];
}

export interface SessionApi {
  token(): Promise<MediaToken>;
  say(body: string, key: string): Promise<Message>;
  raiseHand(): Promise<void>;
  lowerHand(): Promise<void>;
}

export interface SessionParts {
  readonly seat: Seat;
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

const REACTION_SHOWN_MS = 4500;
const NOTICE_SHOWN_MS = 8000;
/** Reactions one person may send in a second; more would only be noise on everybody's screen. */
const REACTIONS_PER_SECOND = 4;

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
    mine: { microphone: false, camera: false, screen: false, busy: [] },
    notices: [],
    reactions: [],
  });

  private port: Media | null = null;
  private portPromise: Promise<Media> | null = null;
  private readonly feed: Feed;
  private over = false;
  private connecting = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private nextId = 1;
  /** Whether I want my hand up; a hand that goes down against it was lowered by a moderator. */
  private handMine = false;
  private sentReactions: number[] = [];
  private unsubscribe: (() => void) | null = null;

  constructor(private readonly parts: SessionParts) {
    this.state.update((now) => ({ ...now, mine: { ...now.mine, ...parts.start } }));
    this.live.update((now) => ({ ...now, me: parts.seat }));
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

  async setMicrophone(on: boolean): Promise<void> {
    if (on && this.live.get().me?.may.unmute === false) return this.notify({ key: 'forbidden.unmute' });
    await this.throwSwitch('microphone', on, (port) => port.setMicrophone(on));
  }

  async setCamera(on: boolean): Promise<void> {
    if (on && this.live.get().me?.may.video === false) return this.notify({ key: 'forbidden.video' });
    await this.throwSwitch('camera', on, (port) => port.setCamera(on));
  }

  async setScreen(on: boolean): Promise<void> {
    if (on && this.live.get().me?.may.share === false) return this.notify({ key: 'forbidden.share' });
    await this.throwSwitch('screen_share', on, async (port) => {
      const done = await port.setScreen(on);
      if (!done) this.mine({ screen: false });
    });
  }

  async useDevice(kind: 'microphone' | 'camera' | 'speaker', deviceId: string): Promise<void> {
    const kept = { microphone: 'microphoneId', camera: 'cameraId', speaker: 'speakerId' } as const;
    this.parts.memory.keepHabits({ [kept[kind]]: deviceId });
    try {
      await this.port?.useDevice(kind, deviceId);
    } catch (error) {
      this.notify({ key: 'problem', code: deviceProblem(error), ...(kind === 'speaker' ? {} : { source: kind }) });
    }
  }

  async flipCamera(): Promise<void> {
    try {
      await this.port?.flipCamera();
    } catch (error) {
      this.notify({ key: 'problem', code: deviceProblem(error), source: 'camera' });
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
    const now = Date.now();
    this.sentReactions = this.sentReactions.filter((at) => now - at < 1000);
    if (this.sentReactions.length >= REACTIONS_PER_SECOND) return;
    this.sentReactions.push(now);
    const me = this.live.get().me;
    if (me) this.showReaction(me.id, emoji);
    // A reaction may be lost: nobody is told that theirs did not arrive.
    await this.port?.react(emoji).catch(() => undefined);
  }

  async setHand(up: boolean): Promise<void> {
    this.handMine = up;
    await this.attempt(() => (up ? this.parts.api.raiseHand() : this.parts.api.lowerHand()));
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
      this.notify({ key: 'problem', code: problem.code, detail: problem.problem.detail ?? '' });
      return false;
    }
  }

  dismiss(id: number): void {
    this.state.update((now) => ({ ...now, notices: now.notices.filter((notice) => notice.id !== id) }));
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
    if (!after.me) return;
    if (before.known) this.noticeChanges(before, after);
    this.followSeat(after.me);
  }

  private onRefused(status: number, code: string): void {
    if (this.over) return;
    if (status === 410 || code === 'room.ended') this.finish('ended');
    else if (code === 'seat.removed') this.finish('removed');
    else if (code === 'seat.refused') this.finish('refused');
    else if (code === 'seat.none' || status === 404) this.finish('left');
    else this.state.update((now) => ({ ...now, feed: 'lost' }));
  }

  private followSeat(seat: Seat): void {
    const { phase } = this.state.get();
    if (seat.status === 'removed') this.finish('removed');
    else if (seat.status === 'refused') this.finish('refused');
    else if (seat.status === 'admitted' && phase === 'lobby') {
      this.state.update((now) => ({ ...now, phase: 'call' }));
      this.scheduleConnect(0);
    }
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
      this.notify({ key: 'hand.lowered' });
    }
    if (was.role !== is.role) {
      if (is.role === 'cohost') this.notify({ key: 'role.cohost' });
      if (is.role === 'participant') this.notify({ key: 'role.participant' });
    } else {
      for (const what of ['unmute', 'video', 'share', 'chat'] as const) {
        if (was.may[what] === is.may[what]) continue;
        if (!is.may[what]) this.withdrawSwitchedOff(what);
        this.notify({ key: `${is.may[what] ? 'allowed' : 'forbidden'}.${what}` });
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
      this.connecting = false;
      await this.switchOnAgain();
    } catch (error) {
      this.connecting = false;
      if (this.over) return;
      const problem = asApiError(error);
      if (problem.code === 'room.ended' || problem.status === 410) return this.finish('ended');
      if (problem.code === 'seat.removed') return this.finish('removed');
      if (problem.code === 'seat.refused') return this.finish('refused');
      if (problem.code === 'seat.none' || problem.status === 404) return this.finish('left');
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
      onReaction: (seatId, emoji) => this.showReaction(seatId, emoji),
      onSwitchedOff: (source, by) => this.onSwitchedOff(source, by),
    };
    this.portPromise = this.parts.media(events, this.parts.devices, this.parts.handed).then(
      (port) => {
        this.port = port;
        this.unsubscribe = port.state.subscribe(() => {
          const before = this.media.get().link;
          this.media.set(port.state.get());
          // What broke the media connection broke the live stream too, and a dead stream is silent for long.
          if (before === 'reconnecting' && this.media.get().link === 'connected') this.feed.nudge();
        });
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
    if (why === 'elsewhere') {
      clearTimeout(this.retry);
      this.parts.memory.keepVisit({ inCall: false });
      this.state.update((now) => ({ ...now, phase: 'elsewhere' }));
      return;
    }
    this.mine({ screen: false });
    this.state.update((now) => ({ ...now, link: 'back', attempts: 0 }));
    // Removed or ended: the server's answer to the token request says which, and in its words.
    this.scheduleConnect(why === 'lost' ? 0 : 200);
  }

  private async switchOnAgain(): Promise<void> {
    const may = this.live.get().me?.may;
    // What is wanted now, whether it was on when the line broke or was chosen since.
    const { microphone, camera } = this.state.get().mine;
    if (!may || may.unmute) await this.throwSwitch('microphone', microphone, (port) => port.setMicrophone(microphone));
    else this.mine({ microphone: false });
    if (!may || may.video) await this.throwSwitch('camera', camera, (port) => port.setCamera(camera));
    else this.mine({ camera: false });
  }

  private async throwSwitch(source: Source, on: boolean, act: (port: Media) => Promise<void>): Promise<void> {
    const field = source === 'screen_share' ? 'screen' : source;
    const { mine } = this.state.get();
    if (mine.busy.includes(source)) return;
    this.mine({ [field]: on, busy: [...mine.busy, source] });
    try {
      if (this.port && this.media.get().link !== 'closed' && (on || this.port.state.get().link !== 'idle')) {
        await act(this.port);
      }
    } catch (error) {
      this.mine({ [field]: false });
      const code = refusedByServer(error) ? forbiddenKey(source) : null;
      if (code) this.notify({ key: code });
      else if (this.media.get().link === 'connected') {
        this.notify({ key: 'problem', code: deviceProblem(error), source });
      }
    } finally {
      this.mine({ busy: this.state.get().mine.busy.filter((other) => other !== source) });
      const now = this.state.get().mine;
      if (!this.over) this.parts.memory.keepVisit({ microphone: now.microphone, camera: now.camera });
    }
  }

  private onSwitchedOff(source: Source, by: 'moderator' | 'device' | 'browser'): void {
    const field = source === 'screen_share' ? 'screen' : source;
    this.mine({ [field]: false });
    const now = this.state.get().mine;
    this.parts.memory.keepVisit({ microphone: now.microphone, camera: now.camera });
    if (by === 'browser') return;
    // A rule that forbids it says so itself, and says more.
    if (by === 'moderator' && this.live.get().me?.may[ALLOWS[source]] === false) return;
    const key = `switched_off.${source}.${by}`;
    if (isNoticeKey(key)) this.notify({ key, source });
  }

  private mine(change: Partial<Mine>): void {
    this.state.update((now) => ({ ...now, mine: { ...now.mine, ...change } }));
  }

  // ---- notices -----------------------------------------------------------------------------------------------

  notify(notice: Omit<Notice, 'id'>): void {
    const id = this.nextId++;
    this.state.update((now) => ({
      ...now,
      // The same words twice say nothing new: the later one takes the earlier one's place.
      notices: [
        ...now.notices.filter((other) => other.key !== notice.key || other.code !== notice.code),
        { ...notice, id },
      ].slice(-3),
    }));
    setTimeout(() => this.dismiss(id), NOTICE_SHOWN_MS);
  }

  /** «The host switched it off» is no news beside «the host forbade it». */
  private withdrawSwitchedOff(what: 'unmute' | 'video' | 'share' | 'chat'): void {
    this.state.update((now) => ({
      ...now,
      notices: now.notices.filter((notice) => !notice.source || notice.key === 'problem' || ALLOWS[notice.source] !== what),
    }));
  }

  private showReaction(seatId: string, emoji: string): void {
    const id = this.nextId++;
    this.state.update((now) => ({ ...now, reactions: [...now.reactions, { id, seatId, emoji }].slice(-30) }));
    setTimeout(() => {
      this.state.update((now) => ({ ...now, reactions: now.reactions.filter((reaction) => reaction.id !== id) }));
    }, REACTION_SHOWN_MS);
  }

  private finish(phase: Exclude<Phase, 'lobby' | 'call' | 'elsewhere'>): void {
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
    this.unsubscribe?.();
    if (!this.port) {
      this.parts.handed.microphone?.stop();
      this.parts.handed.camera?.stop();
    }
  }
}

function refusedByServer(error: unknown): boolean {
  return error instanceof Error && /insufficient permissions|not allowed/i.test(error.message) && error.name !== 'NotAllowedError';
}

function forbiddenKey(source: Source): NoticeKey {
  return source === 'microphone' ? 'forbidden.unmute' : source === 'camera' ? 'forbidden.video' : 'forbidden.share';
}

/** Which permission each source needs. */
const ALLOWS = { microphone: 'unmute', camera: 'video', screen_share: 'share' } as const;

const SWITCHED_OFF: ReadonlySet<string> = new Set([
  'switched_off.microphone.moderator',
  'switched_off.microphone.device',
  'switched_off.camera.moderator',
  'switched_off.camera.device',
  'switched_off.screen_share.moderator',
]);

function isNoticeKey(key: string): key is NoticeKey {
  return SWITCHED_OFF.has(key);
}
