import { expect, test, vi } from 'vitest';
import { Preview, type MediaDevicesLike } from './preview';

class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  constructor(readonly kind: 'audio' | 'video') {
    super();
  }
  stop() {
    this.readyState = 'ended';
  }
  getSettings() {
    return { deviceId: `${this.kind}-1` };
  }
}

function streamOf(constraints: MediaStreamConstraints): MediaStream {
  const audio = constraints.audio ? [new FakeTrack('audio')] : [];
  const video = constraints.video ? [new FakeTrack('video')] : [];
  return { getAudioTracks: () => audio, getVideoTracks: () => video } as unknown as MediaStream;
}

function failure(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function devices(getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>) {
  const ask = vi.fn(getUserMedia);
  let changed: () => void = () => undefined;
  const like: MediaDevicesLike = {
    getUserMedia: ask,
    enumerateDevices: async () => [{ deviceId: 'video-1', kind: 'videoinput', label: 'Camera' }],
    addEventListener: (_type, listener) => {
      changed = listener;
    },
    removeEventListener: () => undefined,
  };
  return { like, ask, change: () => changed() };
}

const both = { camera: true, microphone: true };

test('camera and microphone are asked for in one question', async () => {
  const { like, ask } = devices(async (constraints) => streamOf(constraints));
  const preview = new Preview(like);
  await preview.start(both);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(preview.state.get()).toMatchObject({ camera: { status: 'on' }, microphone: { status: 'on' } });
  expect(preview.state.get().cameras).toEqual([{ id: 'video-1', label: 'Camera' }]);
});

test('a computer without a camera still has its microphone', async () => {
  const { like } = devices(async (constraints) => {
    if (constraints.video) throw failure('NotFoundError');
    return streamOf(constraints);
  });
  const preview = new Preview(like);
  await preview.start(both);
  expect(preview.state.get().microphone.status).toBe('on');
  expect(preview.state.get().camera).toMatchObject({ status: 'problem', problem: 'device.missing' });
});

test('a refusal is not followed by two more questions', async () => {
  const { like, ask } = devices(async () => {
    throw failure('NotAllowedError');
  });
  const preview = new Preview(like);
  await preview.start(both);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(preview.state.get().camera.problem).toBe('device.denied');
  expect(preview.state.get().microphone.problem).toBe('device.denied');
});

test('a camera that another program holds is told apart from one that is not there', async () => {
  const { like } = devices(async () => {
    throw failure('NotReadableError');
  });
  const preview = new Preview(like);
  await preview.set('camera', true);
  expect(preview.state.get().camera.problem).toBe('device.busy');
});

test('without https there is nothing to ask, and it says so', async () => {
  const preview = new Preview(undefined);
  await preview.start(both);
  expect(preview.state.get().camera.problem).toBe('device.insecure');
});

test('a camera plugged in later is found without a click', async () => {
  let there = false;
  const { like, change } = devices(async (constraints) => {
    if (!there) throw failure('NotFoundError');
    return streamOf(constraints);
  });
  const preview = new Preview(like);
  await preview.start({ camera: true, microphone: false });
  there = true;
  change();
  await vi.waitFor(() => expect(preview.state.get().camera.status).toBe('on'));
});

test('switching off lets the device go', async () => {
  const { like } = devices(async (constraints) => streamOf(constraints));
  const preview = new Preview(like);
  await preview.start(both);
  const track = preview.state.get().camera.track;
  await preview.set('camera', false);
  expect(track?.readyState).toBe('ended');
  expect(preview.state.get().camera.status).toBe('off');
});

test('tracks handed to the call stay alive', async () => {
  const { like } = devices(async (constraints) => streamOf(constraints));
  const preview = new Preview(like);
  await preview.start(both);
  const { camera } = preview.hand();
  preview.dispose();
  expect(camera?.readyState).toBe('live');
});
