import {
  ConnectionState,
  DisconnectReason,
  LocalAudioTrack,
  type LocalParticipant,
  type LocalTrack,
  LocalVideoTrack,
  type Participant,
  type RemoteParticipant,
  Room,
  RoomEvent,
  Track,
  type TrackPublication,
  VideoPresets,
} from 'livekit-client';
import { waitBefore } from './backoff';
import type {
  ClosedWhy,
  DeviceChoice,
  HandedTracks,
  Media,
  MediaEvents,
  MediaLink,
  MediaPerson,
  MediaState,
  Picture,
  Point,
  Quality,
} from './media';
import { noMedia } from './media';
import { readPoint } from './pointer';
import { createStore } from './store';
import { SwitchedOffWatch } from './switched-off';

/**
 * The call's media over livekit-client. Loaded only when a person is about to join: nothing on the way to the
 * pre-join page imports this file. One `Room` per connection; after a full loss the session makes a new one with a
 * fresh token, and what was switched on is switched on again.
 */
const REACTION_TOPIC = 'reaction';
const POINTER_TOPIC = 'pointer';
const MAX_REACTION_BYTES = 200;
/** Own attempts of livekit-client before it gives up and the session rejoins with a new token: about 20 s. */
const RESUME_ATTEMPTS = 10;

/** So long after the application the media server may say that one may publish. */
const PERMISSION_LATE_MS = 1500;

export async function createLiveKitMedia(
  events: MediaEvents,
  devices: DeviceChoice,
  handed: HandedTracks,
): Promise<Media> {
  return new LiveKitMedia(events, devices, handed);
}

class LiveKitMedia implements Media {
  readonly state = createStore<MediaState>(noMedia);
  private room: Room | null = null;
  /** Not joined yet: that it closed is told by the failure of `connect`. */
  private joining: Room | null = null;
  private choice: DeviceChoice;
  private handed: HandedTracks;
  private readonly switchedOff: SwitchedOffWatch;
  private leaving = false;
  private facing: 'user' | 'environment' = 'user';
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly pictures = new WeakMap<Track, Picture>();
  private readonly soundBox: HTMLElement;

  constructor(
    private readonly events: MediaEvents,
    devices: DeviceChoice,
    handed: HandedTracks,
  ) {
    this.choice = devices;
    this.switchedOff = new SwitchedOffWatch((source, by) => events.onSwitchedOff(source, by));
    this.handed = handed;
    this.soundBox = document.createElement('div');
    this.soundBox.hidden = true;
    this.soundBox.dataset.callSound = '';
    document.body.append(this.soundBox);
    window.addEventListener('pagehide', this.onPageHide);
  }

  async connect(url: string, token: string): Promise<void> {
    await this.dropRoom();
    this.leaving = false;
    this.setLink('connecting');
    const room = this.newRoom();
    this.room = room;
    this.joining = room;
    try {
      await room.connect(url, token, { maxRetries: 0, websocketTimeout: 8000, peerConnectionTimeout: 12_000 });
      if (this.room !== room) throw new Error('closed while joining');
    } catch (error) {
      if (this.room === room) {
        await this.dropRoom();
        this.setLink('closed');
      }
      throw error;
    } finally {
      if (this.joining === room) this.joining = null;
    }
    this.refreshNow();
  }

  async leave(): Promise<void> {
    this.leaving = true;
    window.removeEventListener('pagehide', this.onPageHide);
    this.handed.microphone?.stop();
    this.handed.camera?.stop();
    this.handed = {};
    await this.dropRoom();
    this.setLink('closed');
    this.soundBox.remove();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.switchedOff.wanted.microphone = on;
    const person = this.connected().localParticipant;
    const ready = this.handed.microphone;
    if (on && ready?.readyState === 'live' && !person.getTrackPublication(Track.Source.Microphone)) {
      this.handed = { ...this.handed, microphone: undefined };
      const track = new LocalAudioTrack(ready, this.audioConstraints(), false);
      await this.permitted(Track.Source.Microphone, () => person.publishTrack(track, { source: Track.Source.Microphone }));
    } else {
      await (on ? this.permitted(Track.Source.Microphone, () => person.setMicrophoneEnabled(true)) : person.setMicrophoneEnabled(false));
    }
    this.refreshNow();
  }

  async setCamera(on: boolean): Promise<void> {
    this.switchedOff.wanted.camera = on;
    const person = this.connected().localParticipant;
    const ready = this.handed.camera;
    if (on && ready?.readyState === 'live' && !person.getTrackPublication(Track.Source.Camera)) {
      this.handed = { ...this.handed, camera: undefined };
      const track = new LocalVideoTrack(ready, this.videoConstraints(), false);
      await this.permitted(Track.Source.Camera, () => person.publishTrack(track, { source: Track.Source.Camera }));
    } else {
      await (on ? this.permitted(Track.Source.Camera, () => person.setCameraEnabled(true)) : person.setCameraEnabled(false));
    }
    this.refreshNow();
  }

  async setScreen(on: boolean): Promise<boolean> {
    const person = this.connected().localParticipant;
    if (!on) {
      this.switchedOff.wanted.screen_share = false;
      await person.setScreenShareEnabled(false);
      this.refreshNow();
      return true;
    }
    try {
      await person.setScreenShareEnabled(true, {
        audio: true,
        contentHint: 'detail',
        selfBrowserSurface: 'exclude',
        surfaceSwitching: 'include',
        systemAudio: 'include',
      });
    } catch (error) {
      const cancelled =
        error instanceof Error && error.name === 'NotAllowedError' && !/system/i.test(error.message);
      if (cancelled) return false;
      throw error;
    }
    this.switchedOff.wanted.screen_share = true;
    this.refreshNow();
    return true;
  }

  async useDevice(kind: 'microphone' | 'camera' | 'speaker', deviceId: string): Promise<void> {
    this.choice = { ...this.choice, [kind]: deviceId };
    const { room } = this;
    // Without a connection the choice is for the next one.
    if (!room || room.state === ConnectionState.Disconnected) return;
    const kinds = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;
    if (kind === 'camera') this.facing = 'user';
    await room.switchActiveDevice(kinds[kind], deviceId);
    this.refreshNow();
  }

  devices(): DeviceChoice {
    const used = (source: Track.Source) => this.track(source)?.getSettings().deviceId;
    return {
      microphone: used(Track.Source.Microphone) ?? this.choice.microphone,
      camera: used(Track.Source.Camera) ?? this.choice.camera,
      speaker: this.choice.speaker,
    };
  }

  async flipCamera(): Promise<void> {
    const track = this.connected().localParticipant.getTrackPublication(Track.Source.Camera)?.videoTrack;
    if (!(track instanceof LocalVideoTrack)) return;
    const facing = this.facing === 'user' ? 'environment' : 'user';
    await track.restartTrack({ facingMode: facing, resolution: VideoPresets.h720.resolution });
    this.facing = facing;
    this.refreshNow();
  }

  async react(emoji: string): Promise<void> {
    const payload = new TextEncoder().encode(JSON.stringify({ emoji }));
    await this.connected().localParticipant.publishData(payload, { topic: REACTION_TOPIC, reliable: true });
  }

  async point(point: Point | null): Promise<void> {
    const payload = new TextEncoder().encode(JSON.stringify(point));
    await this.connected().localParticipant.publishData(payload, { topic: POINTER_TOPIC, reliable: false });
  }

  async startSound(): Promise<void> {
    await this.room?.startAudio();
    this.refreshNow();
  }

  microphoneTrack(): MediaStreamTrack | null {
    return this.track(Track.Source.Microphone);
  }

  private track(source: Track.Source): MediaStreamTrack | null {
    return this.room?.localParticipant.getTrackPublication(source)?.track?.mediaStreamTrack ?? null;
  }

  /** The page goes, or is laid by for the way back: others need not wait for our silence to be noticed. */
  private readonly onPageHide = (): void => {
    const room = this.room;
    if (!room) return;
    this.room = null;
    room.removeAllListeners();
    void room.disconnect(true).catch(() => undefined);
    this.silence();
    this.setLink('closed');
  };

  private connected(): Room {
    if (this.room?.state === ConnectionState.Disconnected || !this.room) throw new Error('not connected');
    return this.room;
  }

  /**
   * Publishes once the media server allows it, or has had time to: the application's word that one may arrives a
   * moment before the media server's own.
   */
  private async permitted(source: Track.Source, publish: () => Promise<unknown>): Promise<void> {
    const room = this.connected();
    const deadline = Date.now() + PERMISSION_LATE_MS;
    while (!allows(room.localParticipant.permissions, source) && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        room.once(RoomEvent.ParticipantPermissionsChanged, () => resolve());
        setTimeout(resolve, deadline - Date.now());
      });
    }
    await publish();
  }

  /**
   * The media server takes down what it no longer allows and says so; said of a track that is still being published,
   * livekit-client lets it pass, and would later unmute a track that the server does not know.
   */
  private takeDownForbidden(room: Room): void {
    const person = room.localParticipant;
    for (const { source, track } of person.trackPublications.values()) {
      if (track && source in SOURCE_NUMBERS && !allows(person.permissions, source)) {
        void person.unpublishTrack(track as LocalTrack).catch(() => undefined);
      }
    }
  }

  private audioConstraints(): MediaTrackConstraints {
    return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...exact(this.choice.microphone) };
  }

  private videoConstraints(): MediaTrackConstraints {
    const { width, height, frameRate } = VideoPresets.h720.resolution;
    return { width: { ideal: width }, height: { ideal: height }, frameRate: frameRate ?? 30, ...exact(this.choice.camera) };
  }

  private newRoom(): Room {
    const room = new Room({
      adaptiveStream: { pixelDensity: 'screen' },
      dynacast: true,
      // `beforeunload` also fires for a download, which must not end the call: see `onPageHide`.
      disconnectOnPageLeave: false,
      stopLocalTrackOnUnpublish: true,
      reconnectPolicy: {
        nextRetryDelayInMs: ({ retryCount }) => (retryCount < RESUME_ATTEMPTS ? waitBefore(retryCount) : null),
      },
      audioCaptureDefaults: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(this.choice.microphone ? { deviceId: this.choice.microphone } : {}),
      },
      videoCaptureDefaults: {
        resolution: VideoPresets.h720.resolution,
        ...(this.choice.camera ? { deviceId: this.choice.camera } : {}),
      },
      publishDefaults: { simulcast: true, videoCodec: 'vp8', red: true, dtx: true, backupCodec: false },
      ...(this.choice.speaker ? { audioOutput: { deviceId: this.choice.speaker } } : {}),
    });
    this.switchedOff.watch(room);
    const refresh = () => this.refreshSoon();
    const changes = [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantActive,
      RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.LocalTrackPublished,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ParticipantNameChanged,
      RoomEvent.ConnectionQualityChanged,
      RoomEvent.TrackStreamStateChanged,
      RoomEvent.AudioPlaybackStatusChanged,
      RoomEvent.ParticipantPermissionsChanged,
    ] as const;
    for (const change of changes) room.on(change, refresh);
    room
      .on(RoomEvent.TrackSubscribed, (track) => {
        if (track.kind === Track.Kind.Audio) this.soundBox.append(track.attach());
        refresh();
      })
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        for (const element of track.detach()) if (track.kind === Track.Kind.Audio) element.remove();
        refresh();
      })
      .on(RoomEvent.LocalTrackUnpublished, refresh)
      .on(RoomEvent.LocalTrackPublished, () => this.takeDownForbidden(room))
      .on(RoomEvent.ParticipantPermissionsChanged, () => this.takeDownForbidden(room))
      .on(RoomEvent.DataReceived, (payload, participant, _kind, topic) => {
        if (topic === REACTION_TOPIC && participant) this.readReaction(payload, participant);
        if (topic === POINTER_TOPIC && participant) this.events.onPointer(participant.identity, readPoint(payload));
      })
      .on(RoomEvent.Reconnecting, () => this.setLink('reconnecting'))
      .on(RoomEvent.SignalReconnecting, () => this.setLink('reconnecting'))
      .on(RoomEvent.Reconnected, () => this.refreshNow())
      .on(RoomEvent.Disconnected, (reason) => {
        if (this.room !== room) return;
        this.room = null;
        this.silence();
        this.setLink('closed');
        const why = closedWhy(reason);
        if (!this.leaving && (why === 'elsewhere' || this.joining !== room)) this.events.onClosed(why);
      });
    return room;
  }

  private async dropRoom(): Promise<void> {
    const room = this.room;
    this.room = null;
    this.silence();
    if (room) {
      room.removeAllListeners();
      await room.disconnect(true).catch(() => undefined);
    }
  }

  private silence(): void {
    this.soundBox.replaceChildren();
  }

  private readReaction(payload: Uint8Array, participant: RemoteParticipant): void {
    if (payload.byteLength > MAX_REACTION_BYTES) return;
    try {
      const read = JSON.parse(new TextDecoder().decode(payload)) as { emoji?: unknown };
      if (typeof read.emoji === 'string' && read.emoji.length <= 16) {
        this.events.onReaction(participant.identity, read.emoji);
      }
    } catch {
      // Somebody else's malformed message is nobody's trouble here.
    }
  }

  private setLink(link: MediaLink): void {
    const people = link === 'closed' ? [] : this.state.get().people;
    this.state.update((now) => ({ ...now, link, people, speakers: link === 'closed' ? [] : now.speakers }));
  }

  /** Joining a full room brings hundreds of events in a row; one picture of the state per frame is enough. */
  private refreshSoon(): void {
    if (this.refreshTimer !== undefined) return;
    this.refreshTimer = setTimeout(() => this.refreshNow(), 16);
  }

  private refreshNow(): void {
    clearTimeout(this.refreshTimer);
    this.refreshTimer = undefined;
    const room = this.room;
    if (!room) return;
    const before = this.state.get();
    const known = new Map(before.people.map((person) => [person.id, person]));
    const people = [room.localParticipant, ...room.remoteParticipants.values()]
      .filter((participant) => participant.identity !== '')
      .map((participant) => this.person(participant, participant === room.localParticipant, known))
      .sort((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));
    const speakers = room.activeSpeakers.map((participant) => participant.identity);
    this.state.set({
      link: linkOf(room.state),
      people: sameItems(people, before.people) ? before.people : people,
      speakers: sameItems(speakers, before.speakers) ? before.speakers : speakers,
      soundBlocked: !room.canPlaybackAudio,
    });
  }

  private person(
    participant: Participant,
    local: boolean,
    known: ReadonlyMap<string, MediaPerson>,
  ): MediaPerson {
    const next: MediaPerson = {
      id: participant.identity,
      name: participant.name ?? '',
      local,
      joinedAt: participant.joinedAt?.getTime() ?? 0,
      speaking: participant.isSpeaking,
      quality: qualityOf(participant),
      microphone: participant.isMicrophoneEnabled,
      camera: this.picture(participant.getTrackPublication(Track.Source.Camera)),
      screen: this.picture(participant.getTrackPublication(Track.Source.ScreenShare)),
      mirrored: local && this.facing === 'user',
    };
    const last = known.get(next.id);
    return last && samePerson(last, next) ? last : next;
  }

  private picture(publication: TrackPublication | undefined): Picture | null {
    const track = publication?.track;
    if (!publication || !track || publication.isMuted) return null;
    const known = this.pictures.get(track);
    if (known) return known;
    const made: Picture = {
      id: publication.trackSid,
      attach: (element) => {
        track.attach(element);
        return () => void track.detach(element);
      },
    };
    this.pictures.set(track, made);
    return made;
  }
}

function exact(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId ? { deviceId: { ideal: deviceId } } : {};
}

function linkOf(state: ConnectionState): MediaLink {
  switch (state) {
    case ConnectionState.Connected:
      return 'connected';
    case ConnectionState.Connecting:
      return 'connecting';
    case ConnectionState.Reconnecting:
    case ConnectionState.SignalReconnecting:
      return 'reconnecting';
    case ConnectionState.Disconnected:
      return 'closed';
  }
}

/** The protocol's numbers of the sources (livekit_models.proto, TrackSource). */
const SOURCE_NUMBERS: Partial<Record<Track.Source, number>> = {
  [Track.Source.Camera]: 1,
  [Track.Source.Microphone]: 2,
  [Track.Source.ScreenShare]: 3,
  [Track.Source.ScreenShareAudio]: 4,
};

/** Whether the media server has told us that we may publish this. An empty list stands for every source. */
function allows(permissions: LocalParticipant['permissions'], source: Track.Source): boolean {
  if (!permissions?.canPublish) return false;
  const sources: readonly (number | undefined)[] = permissions.canPublishSources;
  return sources.length === 0 || sources.includes(SOURCE_NUMBERS[source]);
}

function qualityOf(participant: Participant): Quality {
  const quality: string = participant.connectionQuality;
  return quality === 'excellent' || quality === 'good' || quality === 'poor' || quality === 'lost' ? quality : 'unknown';
}

/** What to do next depends on who ended it; everything we cannot name is a loss, and a loss is rejoined. */
export function closedWhy(reason: DisconnectReason | undefined): ClosedWhy {
  switch (reason) {
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'elsewhere';
    case DisconnectReason.PARTICIPANT_REMOVED:
      return 'removed';
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'ended';
    default:
      return 'lost';
  }
}

function samePerson(a: MediaPerson, b: MediaPerson): boolean {
  return (Object.keys(b) as (keyof MediaPerson)[]).every((key) => a[key] === b[key]);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
