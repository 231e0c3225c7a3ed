import { LocalAudioTrack, Room, RoomEvent, Track } from 'livekit-client';
import { ApiError } from '@/shared/api';
import type { MediaToken } from '../call/wire';
import { CheckUnavailable, type Figures, type Probe } from './check';
import { audioContext } from './sound';

/**
 * The real thing, small: joins a private room with a short-lived token, sends a barely audible hum to nobody for a
 * few seconds, and reads what ICE and the server's receiver reports say. Nothing of the person's is sent.
 */
const MEASURE_MS = 3500;

export function createProbe(askToken: () => Promise<MediaToken>, sameOrigin: string): Probe {
  const room = new Room({ disconnectOnPageLeave: true });
  let token: MediaToken | null = null;
  let connected: Promise<void> | null = null;
  let hum: { track: LocalAudioTrack; stop: () => void } | null = null;

  return {
    server: async () => {
      try {
        token = await askToken();
        return {};
      } catch (error) {
        // The server is there and says no: that is all this step wants to know.
        if (error instanceof ApiError && error.status >= 400) throw new CheckUnavailable();
        throw error;
      }
    },
    socket: async () => {
      if (!token) throw new Error('no token');
      const opened = new Promise<void>((resolve) => {
        room.once(RoomEvent.SignalConnected, () => resolve());
      });
      connected = room.connect(token.url ?? sameOrigin, token.token, { maxRetries: 0, peerConnectionTimeout: 10_000 });
      // A failure of media after the socket is open belongs to the next step.
      connected.catch(() => undefined);
      await Promise.race([opened, connected]);
      return {};
    },
    media: async () => {
      await connected;
      hum = makeHum();
      await room.localParticipant.publishTrack(hum.track, { source: Track.Source.Microphone, dtx: false, red: false });
      const { transport } = await read(hum.track);
      return { transport };
    },
    quality: async () => {
      if (!hum) throw new Error('nothing is sent');
      await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
      return read(hum.track);
    },
    close: async () => {
      hum?.stop();
      await room.disconnect(true);
    },
  };
}

function makeHum(): { track: LocalAudioTrack; stop: () => void } {
  const context = audioContext();
  const tone = context.createOscillator();
  const gain = context.createGain();
  gain.gain.value = 0.001;
  const out = context.createMediaStreamDestination();
  tone.connect(gain).connect(out);
  tone.start();
  const [media] = out.stream.getAudioTracks();
  if (!media) throw new Error('no audio track');
  return {
    track: new LocalAudioTrack(media, undefined, true),
    stop: () => {
      tone.stop();
      media.stop();
    },
  };
}

type Report = Record<string, unknown> & { id: string; type: string };

async function read(track: LocalAudioTrack): Promise<Figures> {
  const stats = await track.sender?.getStats();
  return figuresOf(stats ? [...(stats as unknown as Map<string, Report>).values()] : []);
}

/** Works through WebRTC statistics (W3C webrtc-stats): the pair in use, its round trip, and the far end's loss. */
export function figuresOf(reports: readonly Report[]): Figures {
  const byId = new Map(reports.map((report) => [report.id, report]));
  const transport = reports.find((report) => report.type === 'transport');
  const selected = byId.get(String(transport?.['selectedCandidatePairId']));
  const pair =
    selected ??
    reports.find(
      (report) =>
        report.type === 'candidate-pair' && report['state'] === 'succeeded' && report['nominated'] === true,
    );
  const local = byId.get(String(pair?.['localCandidateId']));
  const remote = reports.find((report) => report.type === 'remote-inbound-rtp');
  const protocol = local?.['relayProtocol'] ?? local?.['protocol'];
  const rtt = numberOf(remote?.['roundTripTime']) ?? numberOf(pair?.['currentRoundTripTime']);
  return {
    rttMs: rtt === null ? null : Math.round(rtt * 1000),
    loss: numberOf(remote?.['fractionLost']),
    transport: protocol === 'udp' ? 'udp' : protocol === 'tcp' || protocol === 'tls' ? 'tcp' : null,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
