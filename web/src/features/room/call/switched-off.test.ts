import { ConnectionState, type LocalTrackPublication, Room, RoomEvent, Track } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SwitchedOffWatch } from './switched-off';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A room of the real library without a server: the test says what the library would say. */
function stage() {
  const report = vi.fn();
  const watch = new SwitchedOffWatch(report);
  const room = new Room();
  watch.watch(room);
  room.state = ConnectionState.Connected;
  const published = vi.spyOn(room.localParticipant, 'getTrackPublication').mockReturnValue(undefined);
  const camera = publication(Track.Source.Camera);
  watch.wanted.camera = true;
  return { room, watch, report, camera, published };
}

function publication(source: Track.Source) {
  const listeners = new Map<string, (track: object) => void>();
  const track = { on: (event: string, listener: (track: object) => void) => listeners.set(event, listener) };
  const say = (event: string) => listeners.get(event)?.(track);
  return { one: { source, track } as unknown as LocalTrackPublication, say };
}

test('a track that goes and stays away on a whole line was taken down by a moderator', () => {
  const { room, watch, report, camera } = stage();
  room.emit(RoomEvent.LocalTrackUnpublished, camera.one, room.localParticipant);
  expect(report).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(report).toHaveBeenCalledExactlyOnceWith('camera', 'moderator');
  expect(watch.wanted.camera).toBe(false);
});

test('a full reconnect that loses the track on its way is nobody\'s deed', () => {
  const { room, report, camera } = stage();
  room.state = ConnectionState.Reconnecting;
  room.emit(RoomEvent.Reconnecting);
  room.emit(RoomEvent.LocalTrackUnpublished, camera.one, room.localParticipant);
  room.state = ConnectionState.Connected;
  room.emit(RoomEvent.Reconnected);
  vi.advanceTimersByTime(10_000);
  expect(report).not.toHaveBeenCalled();
});

test('a track that went just before the line broke is nobody\'s deed, though the line is back in no time', () => {
  const { room, report, camera } = stage();
  room.emit(RoomEvent.LocalTrackUnpublished, camera.one, room.localParticipant);
  room.state = ConnectionState.Reconnecting;
  room.emit(RoomEvent.Reconnecting);
  room.state = ConnectionState.Connected;
  room.emit(RoomEvent.Reconnected);
  vi.advanceTimersByTime(10_000);
  expect(report).not.toHaveBeenCalled();
});

test('a track that is published again at once was not taken down', () => {
  const { room, report, camera, published } = stage();
  room.emit(RoomEvent.LocalTrackUnpublished, camera.one, room.localParticipant);
  published.mockReturnValue(camera.one);
  vi.advanceTimersByTime(1000);
  expect(report).not.toHaveBeenCalled();
});

test('a mute that we asked for is not told, one that came from outside is', () => {
  const { room, watch, report, camera } = stage();
  watch.wanted.camera = false;
  room.emit(RoomEvent.TrackMuted, camera.one, room.localParticipant);
  expect(report).not.toHaveBeenCalled();
  watch.wanted.camera = true;
  room.emit(RoomEvent.TrackMuted, camera.one, room.localParticipant);
  expect(report).toHaveBeenCalledExactlyOnceWith('camera', 'moderator');
});

test('a camera whose plug was pulled is the device\'s fault, until another one has taken its place', () => {
  const { room, watch, report, camera } = stage();
  room.emit(RoomEvent.LocalTrackPublished, camera.one, room.localParticipant);
  camera.say('ended');
  room.emit(RoomEvent.TrackMuted, camera.one, room.localParticipant);
  expect(report).toHaveBeenLastCalledWith('camera', 'device');
  watch.wanted.camera = true;
  camera.say('restarted');
  room.emit(RoomEvent.TrackMuted, camera.one, room.localParticipant);
  expect(report).toHaveBeenLastCalledWith('camera', 'moderator');
});

test('the browser\'s own bar ends a screen share, and no moderator is blamed for it', () => {
  const { room, watch, report } = stage();
  const screen = publication(Track.Source.ScreenShare);
  watch.wanted.screen_share = true;
  room.emit(RoomEvent.LocalTrackPublished, screen.one, room.localParticipant);
  screen.say('ended');
  room.emit(RoomEvent.LocalTrackUnpublished, screen.one, room.localParticipant);
  vi.advanceTimersByTime(1000);
  expect(report).toHaveBeenCalledExactlyOnceWith('screen_share', 'browser');
});
