import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import type { Meeting, Seat } from '../harness/api';

const library = fileURLToPath(
  new URL('../../web/node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url),
);

/** The little of `livekit-client` that the patched page uses, declared here so that tests need no copy of its types. */
interface Room {
  connect(url: string, token: string): Promise<void>;
  readonly state: string;
  readonly localParticipant: {
    setMicrophoneEnabled(on: boolean): Promise<unknown>;
    setCameraEnabled(on: boolean): Promise<unknown>;
    publishTrack(track: MediaStreamTrack, options: { source: string; name?: string }): Promise<unknown>;
    readonly trackPublications: Map<string, Publication>;
  };
}

interface Publication {
  readonly source: string;
  readonly isMuted: boolean;
  unmute(): Promise<unknown>;
  readonly track?: { readonly mediaStreamTrack: MediaStreamTrack; readonly sender?: RTCRtpSender };
}

declare global {
  interface Window {
    LivekitClient: { Room: new (options?: object) => Room };
    patched: Room;
  }
}

/**
 * A client that ignores every rule of ours: the LiveKit library in a bare page, with the token its person has a right
 * to. Whatever it tries, only the server can stop it. Its context needs `bypassCSP`.
 */
export class PatchedClient {
  private constructor(
    readonly page: Page,
    readonly seat: Seat,
  ) {}

  static async join(page: Page, meeting: Meeting): Promise<PatchedClient> {
    // An address of the site that is no page of the client: nothing of ours runs there.
    await page.goto('/healthz');
    const headers = { origin: new URL(page.url()).origin };
    const taken = await page.request.post(`/api/rooms/${meeting.room.id}/seats`, { data: {}, headers });
    expect(taken.ok(), await taken.text()).toBe(true);
    const seat = (await taken.json()) as Seat;
    const answer = await page.request.post(`/api/rooms/${meeting.room.id}/token`, { headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { token } = (await answer.json()) as { token: string };
    await page.addScriptTag({ path: library });
    await page.evaluate(async (token) => {
      window.patched = new window.LivekitClient.Room();
      await window.patched.connect(location.origin.replace('http', 'ws'), token);
    }, token);
    return new PatchedClient(page, seat);
  }

  async publish(source: 'microphone' | 'camera'): Promise<void> {
    await this.page.evaluate(async (source) => {
      const { localParticipant } = window.patched;
      await (source === 'microphone' ? localParticipant.setMicrophoneEnabled(true) : localParticipant.setCameraEnabled(true));
    }, source);
  }

  /** Publishes the kind under a source's name; resolves to the refusal's words, or null where the server agreed. */
  async tryToPublish(source: 'microphone' | 'camera' | 'screen_share'): Promise<string | null> {
    return this.page.evaluate(async (source) => {
      const constraints = source === 'microphone' ? { audio: true } : { video: true };
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      const [track] = stream.getTracks();
      if (!track) return 'no device';
      try {
        await window.patched.localParticipant.publishTrack(track, { source });
        return null;
      } catch (error) {
        track.stop();
        return String(error);
      }
    }, source);
  }

  /** Says over signalling that nothing is muted, and sends again what a well-behaved client would not. */
  async unmuteByForce(): Promise<void> {
    await this.page.evaluate(async () => {
      for (const publication of window.patched.localParticipant.trackPublications.values()) {
        await publication.unmute().catch(() => undefined);
        if (publication.track) publication.track.mediaStreamTrack.enabled = true;
        const sender = publication.track?.sender;
        if (!sender) continue;
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) encoding.active = true;
        await sender.setParameters(parameters).catch(() => undefined);
      }
    });
  }

  state(): Promise<string> {
    return this.page.evaluate(() => window.patched.state);
  }
}
