import type { DeviceChoice, HandedTracks } from '../call/media';
import { type DeviceProblem, deviceProblem } from '../call/problems';
import { createStore } from '../call/store';

/**
 * The camera and microphone before the call: what is on, what is in the way, which devices there are. Owns its
 * tracks until they are handed over to the call or let go of.
 */
export type Switch = 'off' | 'starting' | 'on' | 'problem';

export interface Line {
  readonly status: Switch;
  readonly problem: DeviceProblem | null;
  readonly track: MediaStreamTrack | null;
}

export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface PreviewState {
  readonly camera: Line;
  readonly microphone: Line;
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  readonly choice: DeviceChoice;
  /** The browser shows its question and waits for an answer. */
  readonly asking: boolean;
}

type Kind = 'camera' | 'microphone';

/** The part of `navigator.mediaDevices` this needs; undefined outside of https. */
export interface MediaDevicesLike {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]>;
  addEventListener?(type: 'devicechange', listener: () => void): void;
  removeEventListener?(type: 'devicechange', listener: () => void): void;
}

const off: Line = { status: 'off', problem: null, track: null };
/** An answer that takes longer than this is the browser's question waiting for a person. */
const ASKING_AFTER_MS = 400;

export class Preview {
  readonly state;
  private over = false;
  /** Grows with every start and end; what was asked for in another life is let go of when it comes. */
  private life = 0;
  private pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly devices: MediaDevicesLike | undefined,
    choice: DeviceChoice = {},
  ) {
    this.state = createStore<PreviewState>({
      camera: off,
      microphone: off,
      cameras: [],
      microphones: [],
      speakers: [],
      choice,
      asking: false,
    });
  }

  /** Switches on what the person had on last time; one question of the browser for both. */
  start(wanted: { camera: boolean; microphone: boolean }): Promise<void> {
    this.over = false;
    this.devices?.addEventListener?.('devicechange', this.onDeviceChange);
    return this.inTurn(async () => {
      if (wanted.camera && wanted.microphone) await this.openBoth();
      else if (wanted.camera) await this.open('camera');
      else if (wanted.microphone) await this.open('microphone');
      await this.list();
    });
  }

  set(kind: Kind, on: boolean): Promise<void> {
    return this.inTurn(async () => {
      if (on) {
        await this.open(kind);
        await this.list();
      } else {
        this.state.get()[kind].track?.stop();
        this.line(kind, off);
      }
    });
  }

  choose(kind: Kind | 'speaker', id: string): Promise<void> {
    this.state.update((now) => ({ ...now, choice: { ...now.choice, [kind]: id } }));
    if (kind === 'speaker' || this.state.get()[kind].status === 'off') return Promise.resolve();
    return this.set(kind, true);
  }

  /** Gives the tracks away: from now on their new owner stops them. */
  hand(): HandedTracks {
    const { camera, microphone } = this.state.get();
    this.over = true;
    this.life++;
    this.devices?.removeEventListener?.('devicechange', this.onDeviceChange);
    return { camera: camera.track ?? undefined, microphone: microphone.track ?? undefined };
  }

  /** Lets the devices go; `start` takes them again. */
  dispose(): void {
    if (this.over) return;
    const { camera, microphone } = this.hand();
    camera?.stop();
    microphone?.stop();
    this.line('camera', off);
    this.line('microphone', off);
  }

  private readonly onDeviceChange = (): void => {
    void this.inTurn(async () => {
      await this.list();
      const { camera, microphone } = this.state.get();
      // What was unplugged is opened anew with whatever there is; what was missing may be there now.
      if (isGone(camera)) await this.open('camera');
      if (isGone(microphone)) await this.open('microphone');
    });
  };

  /** Browsers stumble over two requests at a time for one device, so everything happens in turn. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    const life = this.life;
    this.pending = this.pending.then(async () => {
      if (!this.over && this.life === life) await act();
    });
    return this.pending;
  }

  private async openBoth(): Promise<void> {
    this.line('camera', { ...off, status: 'starting' });
    this.line('microphone', { ...off, status: 'starting' });
    try {
      const stream = await this.ask({ audio: this.constraints('microphone'), video: this.constraints('camera') });
      this.adopt('camera', stream.getVideoTracks()[0]);
      this.adopt('microphone', stream.getAudioTracks()[0]);
    } catch (error) {
      const problem = deviceProblem(error);
      if (problem === 'device.denied' || problem === 'device.insecure' || problem === 'device.unsupported') {
        this.fail('camera', problem);
        this.fail('microphone', problem);
        return;
      }
      // One of the two is missing or busy, and the error does not say which: ask for each by itself.
      await this.open('microphone');
      await this.open('camera');
    }
  }

  private async open(kind: Kind): Promise<void> {
    this.state.get()[kind].track?.stop();
    this.line(kind, { ...off, status: 'starting' });
    try {
      const wanted = this.constraints(kind);
      const stream = await this.ask(kind === 'camera' ? { video: wanted } : { audio: wanted });
      this.adopt(kind, kind === 'camera' ? stream.getVideoTracks()[0] : stream.getAudioTracks()[0]);
    } catch (error) {
      this.fail(kind, deviceProblem(error));
    }
  }

  private async ask(constraints: MediaStreamConstraints): Promise<MediaStream> {
    if (!this.devices) throw Object.assign(new Error('no mediaDevices'), { name: 'InsecureContextError' });
    const timer = setTimeout(() => this.state.update((now) => ({ ...now, asking: true })), ASKING_AFTER_MS);
    try {
      const life = this.life;
      const stream = await this.devices.getUserMedia(constraints);
      if (this.life !== life) {
        for (const track of stream.getTracks()) track.stop();
        throw Object.assign(new Error('no longer wanted'), { name: 'AbortError' });
      }
      return stream;
    } finally {
      clearTimeout(timer);
      this.state.update((now) => ({ ...now, asking: false }));
    }
  }

  private constraints(kind: Kind): MediaTrackConstraints {
    const id = this.state.get().choice[kind];
    const device = id ? { deviceId: { ideal: id } } : {};
    return kind === 'camera'
      ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, ...device }
      : { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device };
  }

  private adopt(kind: Kind, track: MediaStreamTrack | undefined): void {
    if (!track) return this.fail(kind, 'device.missing');
    track.addEventListener('ended', () => {
      if (!this.over && this.state.get()[kind].track === track) this.onDeviceChange();
    });
    this.line(kind, { status: 'on', problem: null, track });
    const used = track.getSettings().deviceId;
    if (used) this.state.update((now) => ({ ...now, choice: { ...now.choice, [kind]: used } }));
  }

  private fail(kind: Kind, problem: DeviceProblem): void {
    if (this.over) return;
    this.line(kind, { status: 'problem', problem, track: null });
  }

  private line(kind: Kind, line: Line): void {
    this.state.update((now) => ({ ...now, [kind]: line }));
  }

  private async list(): Promise<void> {
    if (!this.devices) return;
    const all = await this.devices.enumerateDevices().catch(() => []);
    const of = (kind: MediaDeviceKind): readonly Device[] =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    this.state.update((now) => ({
      ...now,
      cameras: of('videoinput'),
      microphones: of('audioinput'),
      speakers: of('audiooutput'),
    }));
  }
}

function isGone(line: Line): boolean {
  return line.problem === 'device.missing' || (line.status === 'on' && line.track?.readyState === 'ended');
}
