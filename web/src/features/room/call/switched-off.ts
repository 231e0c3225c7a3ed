import { ConnectionState, type Room, RoomEvent, Track, TrackEvent, type TrackPublication } from 'livekit-client';
import type { MediaEvents, Source } from './media';

/**
 * Tells when a source of ours went off that we wanted on, and who did it. What livekit-client takes down and puts up
 * again while it reconnects is nobody's deed; what it does not put up again, the session switches on again.
 */

/** So long after a track of ours went, and the connection stayed whole, somebody else must have taken it down. */
const UNPUBLISHED_FOR_GOOD_MS = 400;

const SOURCES: Partial<Record<Track.Source, Source>> = {
  [Track.Source.Microphone]: 'microphone',
  [Track.Source.Camera]: 'camera',
  [Track.Source.ScreenShare]: 'screen_share',
};

export class SwitchedOffWatch {
  /** What we asked for; `watch` takes away what went off. */
  readonly wanted: Record<Source, boolean> = { microphone: false, camera: false, screen_share: false };
  /** Tracks whose device went away, until another one took its place. */
  private readonly ended = new WeakSet<object>();

  constructor(private readonly report: MediaEvents['onSwitchedOff']) {}

  watch(room: Room): void {
    /** Grows whenever the connection is not whole: whoever remembers the number knows whether it stayed so. */
    let breaks = 0;
    const broke = () => {
      breaks += 1;
    };
    room
      .on(RoomEvent.Reconnecting, broke)
      .on(RoomEvent.SignalReconnecting, broke)
      .on(RoomEvent.Disconnected, broke)
      .on(RoomEvent.TrackMuted, (publication, participant) => {
        if (participant === room.localParticipant) this.wentOff(room, publication);
      })
      .on(RoomEvent.LocalTrackPublished, (publication) => {
        publication.track?.on(TrackEvent.Restarted, (track) => this.ended.delete(track));
        // A stop from our side or the server's does not fire this: the device went, or the browser's bar was pressed.
        publication.track?.on(TrackEvent.Ended, (track) => {
          this.ended.add(track);
          if (publication.source === Track.Source.ScreenShare) this.off('screen_share', 'browser');
        });
      })
      .on(RoomEvent.LocalTrackUnpublished, (publication) => {
        if (room.state !== ConnectionState.Connected) return;
        const before = breaks;
        // A connection that ends takes its tracks down first and says so some moments later.
        setTimeout(() => {
          const gone = !room.localParticipant.getTrackPublication(publication.source);
          if (gone && breaks === before && room.state === ConnectionState.Connected) this.wentOff(room, publication);
        }, UNPUBLISHED_FOR_GOOD_MS);
      });
  }

  private wentOff(room: Room, publication: TrackPublication): void {
    const source = SOURCES[publication.source];
    if (!source || !this.wanted[source]) return;
    // A muted share is of no use to anybody: end it, so that the browser's own bar goes away too.
    if (source === 'screen_share') void room.localParticipant.setScreenShareEnabled(false).catch(() => undefined);
    this.off(source, publication.track && this.ended.has(publication.track) ? 'device' : 'moderator');
  }

  private off(source: Source, by: 'moderator' | 'device' | 'browser'): void {
    if (!this.wanted[source]) return;
    this.wanted[source] = false;
    this.report(source, by);
  }
}
