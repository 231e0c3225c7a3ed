import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/shared/api';
import type { FeedOptions } from './live-feed';
import type { Media, MediaEvents, MediaState } from './media';
import { noMedia } from './media';
import { createMemory } from './memory';
import { message, seat, snapshot } from './samples';
import { CallSession } from './session';
import { createStore } from './store';
import type { LiveEvent, Seat } from './wire';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session over a fake media server and a fake live stream; the test plays both. */
function stage(mine: Seat = seat('me')) {
  const media = createStore<MediaState>(noMedia);
  let mediaEvents: MediaEvents | undefined;
  let feed: FeedOptions | undefined;
  const port = {
    state: media,
    connect: vi.fn(async (_url: string, _token: string) => {
      media.update((now) => ({ ...now, link: 'connected' as const }));
    }),
    leave: vi.fn(async () => {
      media.set({ ...noMedia, link: 'closed' });
    }),
    setMicrophone: vi.fn(async (_on: boolean) => undefined),
    setCamera: vi.fn(async (_on: boolean) => undefined),
    setScreen: vi.fn(async (_on: boolean) => true),
    useDevice: vi.fn(async () => undefined),
    flipCamera: vi.fn(async () => undefined),
    react: vi.fn(async () => undefined),
    startSound: vi.fn(async () => undefined),
    microphoneTrack: () => null,
  } satisfies Media;
  const token = vi.fn(async () => ({ url: null, token: 'jwt' }));
  const nudge = vi.fn();
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
  const memory = createMemory('abc', Date.now, () => storage, () => storage);
  const session = new CallSession({
    seat: mine,
    liveUrl: '/live',
    sameOrigin: 'ws://here',
    api: {
      token,
      say: vi.fn(async (body: string) => message(7, { body })),
      raiseHand: vi.fn(async () => undefined),
      lowerHand: vi.fn(async () => undefined),
    },
    media: async (events) => {
      mediaEvents = events;
      return port;
    },
    openFeed: (options) => {
      feed = options;
      return { nudge, close: vi.fn() };
    },
    memory,
    devices: {},
    handed: {},
    start: { microphone: true, camera: false },
    random: () => 0.5,
  });
  return {
    session,
    port,
    token,
    nudge,
    memory,
    say: (event: LiveEvent) => feed?.onEvent(event),
    refuse: (status: number, code: string) => feed?.onRefused(status, code),
    mediaEvents: () => {
      if (!mediaEvents) throw new Error('media was never loaded');
      return mediaEvents;
    },
    drop: (why: 'lost' | 'removed' | 'ended' | 'elsewhere') => {
      media.update((now) => ({ ...now, link: 'closed' as const }));
      mediaEvents?.onClosed(why);
    },
    /** The page was hidden: media closed itself and says nothing. */
    silence: () => media.update((now) => ({ ...now, link: 'closed' as const })),
    phase: () => session.state.get().phase,
  };
}

const failing = (status: number, code: string) => () => Promise.reject(new ApiError({ status, code }));

test('an admitted seat goes straight to the call and switches on what was chosen before', async () => {
  const { session, port, phase } = stage();
  await vi.advanceTimersByTimeAsync(1);
  expect(phase()).toBe('call');
  expect(port.connect).toHaveBeenCalledWith('ws://here', 'jwt');
  expect(port.setMicrophone).toHaveBeenCalledWith(true);
  expect(session.state.get().link).toBe('connected');
});

test('nobody in the lobby asks for a media token until they are admitted', async () => {
  const { token, say, phase } = stage(seat('me', { status: 'waiting' }));
  await vi.advanceTimersByTimeAsync(5000);
  expect(phase()).toBe('lobby');
  expect(token).not.toHaveBeenCalled();
  say(snapshot({ me: seat('me', { status: 'waiting' }) }));
  say({ type: 'seat', data: seat('me') });
  await vi.advanceTimersByTimeAsync(1);
  expect(phase()).toBe('call');
  expect(token).toHaveBeenCalledTimes(1);
});

test('a refusal in the lobby is the end, and the tab does not come back by itself', () => {
  const { say, phase, memory } = stage(seat('me', { status: 'waiting' }));
  say({ type: 'seat', data: seat('me', { status: 'refused' }) });
  expect(phase()).toBe('refused');
  expect(memory.visit()).toBeNull();
});

test('a lost connection is taken up again with a new token, and the microphone with it', async () => {
  const { session, port, token, drop } = stage();
  await vi.advanceTimersByTimeAsync(1);
  drop('lost');
  expect(session.state.get().link).toBe('back');
  await vi.advanceTimersByTimeAsync(10);
  expect(token).toHaveBeenCalledTimes(2);
  expect(port.connect).toHaveBeenCalledTimes(2);
  expect(port.setMicrophone).toHaveBeenCalledTimes(2);
  expect(session.state.get().link).toBe('connected');
});

test('while the network is away an attempt is never further off than three seconds', async () => {
  const { session, port, token, drop } = stage();
  await vi.advanceTimersByTimeAsync(1);
  token.mockImplementation(failing(0, 'network'));
  drop('lost');
  await vi.advanceTimersByTimeAsync(60_000);
  const before = token.mock.calls.length;
  expect(before).toBeGreaterThan(15);
  token.mockImplementation(async () => ({ url: null, token: 'jwt' }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(port.connect).toHaveBeenCalledTimes(2);
  expect(session.state.get().attempts).toBe(0);
});

test('the browser saying that the network is back starts an attempt at once', async () => {
  const { session, token, drop, nudge } = stage();
  await vi.advanceTimersByTimeAsync(1);
  token.mockImplementation(failing(0, 'network'));
  drop('lost');
  await vi.advanceTimersByTimeAsync(30_000);
  token.mockImplementation(async () => ({ url: null, token: 'jwt' }));
  session.networkReturned();
  await vi.advanceTimersByTimeAsync(1);
  expect(session.state.get().link).toBe('connected');
  expect(nudge).toHaveBeenCalled();
});

test('who was removed is told so and does not knock again', async () => {
  const { token, drop, phase } = stage();
  await vi.advanceTimersByTimeAsync(1);
  token.mockImplementation(failing(403, 'seat.removed'));
  drop('removed');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(phase()).toBe('removed');
  expect(token).toHaveBeenCalledTimes(2);
});

test('the end of the meeting ends the stay', () => {
  const { say, phase } = stage();
  say({ type: 'ended', data: {} });
  expect(phase()).toBe('ended');
});

test('the same seat in another tab takes the call over, and taking it back works', async () => {
  const { session, port, drop, phase } = stage();
  await vi.advanceTimersByTimeAsync(1);
  drop('elsewhere');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(phase()).toBe('elsewhere');
  expect(port.connect).toHaveBeenCalledTimes(1);
  session.takeOver();
  await vi.advanceTimersByTimeAsync(1);
  expect(phase()).toBe('call');
  expect(port.connect).toHaveBeenCalledTimes(2);
});

test('a moderator who mutes me leaves a notice, and a rejoin stays muted', async () => {
  const { session, port, mediaEvents, drop } = stage();
  await vi.advanceTimersByTimeAsync(1);
  mediaEvents().onSwitchedOff('microphone', 'moderator');
  expect(session.state.get().mine.microphone).toBe(false);
  expect(session.state.get().notices.map((notice) => notice.key)).toEqual(['switched_off.microphone.moderator']);
  drop('lost');
  await vi.advanceTimersByTimeAsync(10);
  expect(port.setMicrophone).toHaveBeenLastCalledWith(false);
});

test('a rule that forbids the microphone is one notice, not two', async () => {
  const { session, say, mediaEvents } = stage();
  await vi.advanceTimersByTimeAsync(1);
  say(snapshot({}));
  mediaEvents().onSwitchedOff('microphone', 'moderator');
  say({ type: 'seat', data: seat('me', { may: { unmute: false, video: true, share: true, chat: true, moderate: false } }) });
  mediaEvents().onSwitchedOff('microphone', 'moderator');
  expect(session.state.get().notices.map((notice) => notice.key)).toEqual(['forbidden.unmute']);
});

test('a page taken back from the browser\'s cache rejoins with what was on', async () => {
  const { session, port, silence } = stage();
  await vi.advanceTimersByTimeAsync(1);
  silence();
  session.networkReturned();
  await vi.advanceTimersByTimeAsync(1);
  expect(port.connect).toHaveBeenCalledTimes(2);
  expect(port.setMicrophone).toHaveBeenLastCalledWith(true);
});

test('a forbidden microphone is not even tried, and the reason is said', async () => {
  const { session, port, say } = stage();
  await vi.advanceTimersByTimeAsync(1);
  port.setMicrophone.mockClear();
  const silenced = seat('me', { may: { unmute: false, video: true, share: true, chat: true, moderate: false } });
  say(snapshot({}));
  say({ type: 'seat', data: silenced });
  await session.setMicrophone(true);
  expect(port.setMicrophone).not.toHaveBeenCalled();
  expect(session.state.get().notices.at(-1)?.key).toBe('forbidden.unmute');
});

test('a busy camera leaves the switch off and says what to do', async () => {
  const { session, port } = stage();
  await vi.advanceTimersByTimeAsync(1);
  port.setCamera.mockRejectedValueOnce(Object.assign(new Error('in use'), { name: 'NotReadableError' }));
  await session.setCamera(true);
  expect(session.state.get().mine.camera).toBe(false);
  expect(session.state.get().notices.at(-1)?.code).toBe('device.busy');
});

test('closing the browser\'s own list of windows is no error', async () => {
  const { session, port } = stage();
  await vi.advanceTimersByTimeAsync(1);
  port.setScreen.mockResolvedValueOnce(false);
  await session.setScreen(true);
  expect(session.state.get().mine.screen).toBe(false);
  expect(session.state.get().notices).toEqual([]);
});

test('a reload finds the call in memory, a leave does not', async () => {
  const { session, memory } = stage();
  await vi.advanceTimersByTimeAsync(1);
  expect(memory.visit()).toMatchObject({ inCall: true, microphone: true, camera: false });
  session.dispose();
  expect(memory.visit()?.inCall).toBe(true);
  const second = stage();
  await second.session.leave();
  expect(second.memory.visit()).toBeNull();
});

test('a message appears at once and once, though the stream brings it too', async () => {
  const { session, say } = stage();
  say(snapshot({}));
  await session.say('hello', 'key');
  say({ type: 'chat', data: message(7, { body: 'hello' }) });
  expect(session.live.get().chat).toHaveLength(1);
});

test('a hand that a moderator lowered is told, one I lowered is not', async () => {
  const { session, say } = stage();
  say(snapshot({}));
  say({ type: 'hands', data: ['me'] });
  await session.setHand(false);
  say({ type: 'hands', data: [] });
  expect(session.state.get().notices).toEqual([]);
  say({ type: 'hands', data: ['me'] });
  say({ type: 'hands', data: [] });
  expect(session.state.get().notices.map((notice) => notice.key)).toEqual(['hand.lowered']);
});

test('reactions float for a while and are gone', async () => {
  const { session, mediaEvents } = stage();
  await vi.advanceTimersByTimeAsync(1);
  mediaEvents().onReaction('a', '👏');
  expect(session.state.get().reactions).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(session.state.get().reactions).toHaveLength(0);
});

test('a server that is about to restart is announced calmly, and its return ends the announcement', () => {
  const { session, say, phase } = stage();
  say(snapshot({}));
  say({ type: 'restart', data: { retryMs: 500 } });
  expect(session.state.get().restarting).toBe(true);
  expect(phase()).toBe('call');
  say(snapshot({}));
  expect(session.state.get().restarting).toBe(false);
});
