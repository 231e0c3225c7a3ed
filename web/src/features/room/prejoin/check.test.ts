import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckUnavailable, ConnectionCheck, type Figures, type Probe } from './check';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const fine: Figures = { rttMs: 20, loss: 0, transport: 'udp' };

function probe(over: Partial<Probe> = {}): Probe {
  return {
    server: async () => ({}),
    socket: async () => ({}),
    media: async () => ({ transport: 'udp' }),
    quality: async () => fine,
    close: async () => undefined,
    ...over,
  };
}

async function found(over: Partial<Probe>) {
  const check = new ConnectionCheck(async () => probe(over));
  await check.run();
  return check.state.get();
}

const broken = () => Promise.reject(new Error('no'));

test('a good line has no finding and shows its figures', async () => {
  const state = await found({});
  expect(state.finding).toBeNull();
  expect(state.running).toBe(false);
  expect(state.steps).toEqual({ server: 'good', socket: 'good', media: 'good', quality: 'good' });
  expect(state.figures).toEqual(fine);
});

test.each([
  ['server', 'check.server'],
  ['socket', 'check.socket'],
  ['media', 'check.media'],
] as const)('when the step %s fails the finding is %s and later steps are not tried', async (step, finding) => {
  const state = await found({ [step]: broken });
  expect(state.finding).toBe(finding);
  expect(state.steps[step]).toBe('failed');
  expect(state.steps.quality).toBe('skipped');
});

test('media over TCP works, but is worth saying', async () => {
  expect((await found({ quality: async () => ({ ...fine, transport: 'tcp' }) })).finding).toBe('check.tcp_only');
});

test('loss weighs more than delay', async () => {
  const state = await found({ quality: async () => ({ rttMs: 900, loss: 0.2, transport: 'udp' }) });
  expect(state.finding).toBe('check.lossy');
  expect(state.steps.quality).toBe('poor');
});

test('a server too busy to check anybody is not a fault of the line', async () => {
  const state = await found({ server: () => Promise.reject(new CheckUnavailable()) });
  expect(state.finding).toBe('check.unavailable');
  expect(state.steps.server).toBe('skipped');
});

test('a step that never ends counts as failed', async () => {
  const check = new ConnectionCheck(async () => probe({ media: () => new Promise(() => undefined) }));
  const done = check.run();
  await vi.advanceTimersByTimeAsync(12_100);
  await done;
  expect(check.state.get().finding).toBe('check.media');
});

test('joining in the middle of a check stops it and lets go of its connection', async () => {
  const close = vi.fn(async () => undefined);
  const one = probe({ media: () => new Promise(() => undefined), close });
  const check = new ConnectionCheck(async () => one);
  void check.run();
  await vi.advanceTimersByTimeAsync(1);
  check.stop();
  expect(check.state.get().running).toBe(false);
  expect(close).toHaveBeenCalled();
});
