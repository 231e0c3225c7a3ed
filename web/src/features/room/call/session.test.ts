import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/shared/api';
import type { FeedOptions } from './live-feed';
import type { Media, MediaEvents, MediaState } from './media';
import { noMedia } from './media';
import { createMemory } from './memory';
import { message, seat, snapshot } from './samples';
import { CallSession, type SessionParts } from './session';
import { createStore } from './store';
import type { LiveEvent, Seat } from './wire';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session over a fake media server and a fake live stream; the test plays both. */
function stage(mine: Seat = seat('me'), held: SessionParts['held'] = { mode: 'meeting', phase: 'live' }) {
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
    devices: () => ({}),
    flipCamera: vi.fn(async () => undefined),
    react: vi.fn(async () => undefined),
    point: vi.fn(async () => undefined),
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
    held,
    liveUrl: '/live',
    sameOrigin: 'ws://here',
    api: {
      token,
      say: vi.fn(async (body: string) => message(7, { body })),
      raiseHand: vi.fn(async () => undefined),
      lowerHand: vi.fn(async () => undefined),
      answerCheck: vi.fn(async () => undefined),
      comeOnStage: vi.fn(async () => undefined),
      leaveStage: vi.fn(async () => undefined),
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
    /** The media library lost the line and found it again by itself. */
    resume: () => {
      media.update((now) => ({ ...now, link: 'reconnecting' as const }));
      media.update((now) => ({ ...now, link: 'connected' as const }));
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

test('a key pressed right after joining is the last word, though the microphone is still being switched on', async () => {
  const { session, port } = stage();
  let switchedOn: () => void = () => undefined;
  port.setMicrophone.mockImplementationOnce(() => new Promise<undefined>((resolve) => (switchedOn = () => resolve(undefined))));
  await vi.advanceTimersByTimeAsync(1);
  void session.setSwitch('microphone', false);
  expect(session.switches.state.get().microphone).toBe(false);
  switchedOn();
  await vi.advanceTimersByTimeAsync(1);
  expect(port.setMicrophone.mock.calls).toEqual([[true], [false]]);
});

test('a switch that hangs in a dead connection is thrown again in the next one', async () => {
  const { session, port, drop } = stage();
  port.setMicrophone.mockImplementationOnce(() => new Promise<undefined>(() => undefined));
  await vi.advanceTimersByTimeAsync(1);
  drop('lost');
  await vi.advanceTimersByTimeAsync(10);
  expect(port.setMicrophone.mock.calls).toEqual([[true], [true]]);
  expect(session.switches.state.get().microphone).toBe(true);
});

test('what media itself took up again is checked, and switched on where it got lost', async () => {
  const { port, resume } = stage();
  await vi.advanceTimersByTimeAsync(1);
  resume();
  await vi.advanceTimersByTimeAsync(1);
  expect(port.connect).toHaveBeenCalledTimes(1);
  expect(port.setMicrophone).toHaveBeenCalledTimes(2);
});

test('what was forbidden while the line was broken is not switched on again', async () => {
  const { session, port, say, drop } = stage();
  await vi.advanceTimersByTimeAsync(1);
  say(snapshot({}));
  drop('lost');
  say({ type: 'seat', data: seat('me', { may: { unmute: false, video: true, share: true, chat: true, moderate: false } }) });
  await vi.advanceTimersByTimeAsync(10);
  expect(port.setMicrophone).toHaveBeenLastCalledWith(false);
  expect(session.switches.state.get().microphone).toBe(false);
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

test('who withdrew their consent is out, and does not knock on and on', async () => {
  const { token, drop, phase } = stage();
  await vi.advanceTimersByTimeAsync(1);
  token.mockImplementation(failing(403, 'consent.due'));
  drop('lost');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(phase()).toBe('left');
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
  expect(session.switches.state.get().microphone).toBe(false);
  expect(session.notices.state.get().map((notice) => notice.key)).toEqual(['switched_off.microphone.moderator']);
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
  expect(session.notices.state.get().map((notice) => notice.key)).toEqual(['forbidden.unmute']);
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
  await session.setSwitch('microphone', true);
  expect(port.setMicrophone).not.toHaveBeenCalled();
  expect(session.notices.state.get().at(-1)?.key).toBe('forbidden.unmute');
});

test('a busy camera leaves the switch off and says what to do', async () => {
  const { session, port } = stage();
  await vi.advanceTimersByTimeAsync(1);
  port.setCamera.mockRejectedValueOnce(Object.assign(new Error('in use'), { name: 'NotReadableError' }));
  await session.setSwitch('camera', true);
  expect(session.switches.state.get().camera).toBe(false);
  expect(session.notices.state.get().at(-1)?.code).toBe('device.busy');
});

test('closing the browser\'s own list of windows is no error', async () => {
  const { session, port } = stage();
  await vi.advanceTimersByTimeAsync(1);
  port.setScreen.mockResolvedValueOnce(false);
  await session.setSwitch('screen_share', true);
  expect(session.switches.state.get().screen_share).toBe(false);
  expect(session.notices.state.get()).toEqual([]);
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
  expect(session.notices.state.get()).toEqual([]);
  say({ type: 'hands', data: ['me'] });
  say({ type: 'hands', data: [] });
  expect(session.notices.state.get().map((notice) => notice.key)).toEqual(['hand.lowered']);
});

test('reactions float for a while and are gone', async () => {
  const { session, mediaEvents } = stage();
  await vi.advanceTimersByTimeAsync(1);
  mediaEvents().onReaction('a', '👏');
  expect(session.reactions.state.get()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(session.reactions.state.get()).toHaveLength(0);
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

test('only the pointer of whoever leads the slides is looked at', async () => {
  const { session, say, mediaEvents } = stage();
  await vi.advanceTimersByTimeAsync(1);
  const point = { page: 1, x: 0.5, y: 0.5 };
  const showing = { deckId: 'd', name: 'Доклад', pages: 3, page: 1, seatId: 'a' };
  say(snapshot({ me: seat('me'), showing }));
  mediaEvents().onPointer('b', point);
  expect(session.pointer.state.get()).toBeNull();
  mediaEvents().onPointer('a', point);
  expect(session.pointer.state.get()).toEqual(point);
  say({ type: 'showing', data: null });
  mediaEvents().onPointer('a', null);
  expect(session.live.get().showing).toBeNull();
});

const backstage = { mode: 'webinar', phase: 'backstage' } as const;
const onAir = { mode: 'webinar', phase: 'live' } as const;
const silent = { unmute: false, video: false, share: false, chat: true, moderate: false };
const room = { id: 'room', title: 'Room', status: 'planned' } as const;

test('a listener waits for the start without asking for media, and comes in when it is heard of', async () => {
  const me = seat('me', { may: silent });
  const { token, say, phase } = stage(me, backstage);
  await vi.advanceTimersByTimeAsync(5000);
  expect(phase()).toBe('backstage');
  expect(token).not.toHaveBeenCalled();
  say(snapshot({ me, seats: [me], room: { ...room, ...onAir } }));
  await vi.advanceTimersByTimeAsync(2000);
  expect(phase()).toBe('call');
  expect(token).toHaveBeenCalledTimes(1);
});

test('who is on the stage is back stage at once', async () => {
  const { token, phase } = stage(seat('me', { stage: 'on' }), backstage);
  await vi.advanceTimersByTimeAsync(1);
  expect(phase()).toBe('call');
  expect(token).toHaveBeenCalledTimes(1);
});

test('a server that knows of a back stage we did not hear of makes us wait', async () => {
  const { token, phase } = stage(seat('me', { may: silent }), onAir);
  token.mockImplementation(failing(403, 'room.backstage'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(phase()).toBe('backstage');
  expect(token).toHaveBeenCalledTimes(1);
});

test('coming on the stage and leaving it are one notice each, and a hand that goes down with it none', async () => {
  const me = seat('me', { may: silent });
  const { session, say } = stage(me, onAir);
  await vi.advanceTimersByTimeAsync(1);
  say(snapshot({ me, seats: [me], hands: ['me'], room: { ...room, ...onAir } }));
  await session.setHand(true);
  const told = () => session.notices.state.get().map(({ key }) => key);
  say({ type: 'seat', data: seat('me', { stage: 'on' }) });
  say({ type: 'hands', data: [] });
  expect(told()).toEqual(['stage.on']);
  say({ type: 'seat', data: me });
  expect(told()).toEqual(['stage.on', 'stage.off']);
});

test('a listener who presses the microphone is told how to get the word', async () => {
  const me = seat('me', { may: silent });
  const { session, port } = stage(me, onAir);
  await vi.advanceTimersByTimeAsync(1);
  port.setMicrophone.mockClear();
  await session.setSwitch('microphone', true);
  expect(port.setMicrophone).not.toHaveBeenCalled();
  expect(session.notices.state.get().map(({ key }) => key)).toEqual(['stage.off']);
});

test('who is taken off the stage before the start waits with the others', async () => {
  const { say, drop, token, phase } = stage(seat('me', { stage: 'on' }), backstage);
  await vi.advanceTimersByTimeAsync(1);
  const off = seat('me', { may: silent });
  say(snapshot({ me: off, seats: [], room: { ...room, ...backstage } }));
  drop('removed');
  await vi.advanceTimersByTimeAsync(5000);
  expect(phase()).toBe('backstage');
  expect(token).toHaveBeenCalledTimes(1);
});
