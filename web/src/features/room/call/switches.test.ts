import { expect, test, vi } from 'vitest';
import type { Media, MediaState, Source } from './media';
import { noMedia } from './media';
import { createStore } from './store';
import { Switches } from './switches';

/** Acts that the test ends when it likes. */
function stage() {
  const failed: [Source, unknown][] = [];
  const switches = new Switches({ microphone: true, camera: false }, (source, error) => failed.push([source, error]));
  return { switches, failed, connection };
}

function connection() {
  const state = createStore<MediaState>({ ...noMedia, link: 'connected' });
  const acts: { source: Source; on: boolean; done: (value?: unknown) => Promise<void>; fail: (error: unknown) => Promise<void> }[] = [];
  const act = (source: Source) => (on: boolean) =>
    new Promise<never>((resolve, reject) => {
      acts.push({
        source,
        on,
        done: async (value = true) => {
          resolve(value as never);
          await settle();
        },
        fail: async (error) => {
          reject(error);
          await settle();
        },
      });
    });
  const port = {
    state,
    setMicrophone: vi.fn(act('microphone')),
    setCamera: vi.fn(act('camera')),
    setScreen: vi.fn(act('screen_share')),
  } as unknown as Media;
  const last = (source: Source) => {
    const found = acts.filter((one) => one.source === source).at(-1);
    if (!found) throw new Error(`nobody touched the ${source}`);
    return found;
  };
  const thrown = (source: Source) => acts.filter((one) => one.source === source).map((one) => one.on);
  return { port, state, last, thrown };
}

async function settle() {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

test('a press while the switch is being thrown shows at once and is acted upon afterwards', async () => {
  const { switches } = stage();
  const { port, last, thrown } = connection();
  void switches.connected(port);
  void switches.set('microphone', false);
  expect(switches.state.get().microphone).toBe(false);
  expect(thrown('microphone')).toEqual([true]);
  await last('microphone').done();
  expect(thrown('microphone')).toEqual([true, false]);
});

test('of many presses only the last intention is acted upon', async () => {
  const { switches } = stage();
  const { port, last, thrown } = connection();
  void switches.connected(port);
  for (const on of [false, true, false, true, false]) void switches.set('microphone', on);
  await last('microphone').done();
  await last('microphone').done();
  expect(thrown('microphone')).toEqual([true, false]);
  expect(switches.state.get().microphone).toBe(false);
});

test('a microphone that waits for an answer does not keep the camera off', async () => {
  const { switches } = stage();
  const { port, thrown } = connection();
  await switches.set('camera', true);
  void switches.connected(port);
  expect(thrown('camera')).toEqual([true]);
});

test('an act that never ends is forgotten with its connection', async () => {
  const { switches } = stage();
  const old = connection();
  void switches.connected(old.port);
  switches.disconnected();
  const next = connection();
  void switches.connected(next.port);
  expect(next.thrown('microphone')).toEqual([true]);
  await next.last('microphone').done();
  void switches.set('microphone', false);
  expect(next.thrown('microphone')).toEqual([true, false]);
});

test('the late failure of an old connection changes no wish and says nothing', async () => {
  const { switches, failed } = stage();
  const old = connection();
  void switches.connected(old.port);
  switches.disconnected();
  void switches.connected(connection().port);
  await old.last('microphone').fail(new Error('Got disconnected'));
  expect(switches.state.get().microphone).toBe(true);
  expect(failed).toEqual([]);
});

test('what fails while the line is broken is switched on again when the line is back', async () => {
  const { switches, failed } = stage();
  const { port, state, last, thrown } = connection();
  void switches.connected(port);
  state.update((now) => ({ ...now, link: 'reconnecting' }));
  await last('microphone').fail(new Error('Got disconnected during reconnection attempt'));
  expect(switches.state.get().microphone).toBe(true);
  expect(failed).toEqual([]);
  state.update((now) => ({ ...now, link: 'connected' }));
  void switches.resumed();
  expect(thrown('microphone')).toEqual([true, true]);
});

test('a failure on a whole line switches the wish off and is told', async () => {
  const { switches, failed } = stage();
  const { port, last } = connection();
  void switches.connected(port);
  const error = new Error('in use');
  await last('microphone').fail(error);
  expect(switches.state.get().microphone).toBe(false);
  expect(failed).toEqual([['microphone', error]]);
});

test('a failure that was taken back by then is not told', async () => {
  const { switches, failed } = stage();
  const { port, last, thrown } = connection();
  void switches.connected(port);
  void switches.set('microphone', false);
  await last('microphone').fail(new Error('in use'));
  expect(failed).toEqual([]);
  expect(thrown('microphone')).toEqual([true, false]);
});

test('a moderator\'s word undoes an act that is under way', async () => {
  const { switches } = stage();
  const { port, last, thrown } = connection();
  void switches.connected(port);
  switches.withdraw('microphone');
  await last('microphone').done();
  expect(thrown('microphone')).toEqual([true, false]);
});

test('without a connection a press is only a wish', async () => {
  const { switches } = stage();
  await switches.set('camera', true);
  await switches.set('microphone', false);
  const { port, thrown } = connection();
  void switches.connected(port);
  expect(thrown('camera')).toEqual([true]);
  expect(thrown('microphone')).toEqual([false]);
});

test('a screen is not shown again by itself', async () => {
  const { switches } = stage();
  const { port, last, thrown, state } = connection();
  void switches.connected(port);
  void switches.set('screen_share', true);
  await last('screen_share').done();
  const me = { id: 'me', name: '', local: true, joinedAt: 0, speaking: false, quality: 'good', microphone: true, camera: null, screen: null, mirrored: true } as const;
  state.update((now) => ({ ...now, people: [me] }));
  void switches.resumed();
  expect(switches.state.get().screen_share).toBe(false);
  expect(thrown('screen_share')).toEqual([true]);
});
