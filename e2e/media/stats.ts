import { expect, type Page } from '@playwright/test';

/** What one page has received of one track, or of all tracks of a kind together. */
export interface Received {
  readonly packets: number;
  readonly framesDecoded: number;
  /** Energy of the sound so far: grows while something other than silence arrives. */
  readonly audioEnergy: number;
}

/** Sums the inbound streams of every connection of the page; `trackId` narrows it to one track. */
export async function received(page: Page, kind: 'audio' | 'video', trackId?: string): Promise<Received> {
  return page.evaluate(
    async ({ kind, trackId }) => {
      const sum = { packets: 0, framesDecoded: 0, audioEnergy: 0 };
      for (const connection of window.kafedraProbe.connections) {
        if (connection.connectionState === 'closed') continue;
        for (const entry of (await connection.getStats()).values()) {
          const stat = entry as RTCInboundRtpStreamStats & { trackIdentifier?: string };
          if (stat.type !== 'inbound-rtp' || stat.kind !== kind) continue;
          if (trackId !== undefined && stat.trackIdentifier !== trackId) continue;
          sum.packets += stat.packetsReceived ?? 0;
          sum.framesDecoded += stat.framesDecoded ?? 0;
          sum.audioEnergy += stat.totalAudioEnergy ?? 0;
        }
      }
      return sum;
    },
    { kind, trackId },
  );
}

/** The camera whose picture the page sends now; null while it sends none. */
export async function cameraSent(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const tracks = window.kafedraProbe.connections
      .filter((connection) => connection.connectionState === 'connected')
      .flatMap((connection) => connection.getSenders().map((sender) => sender.track))
      .filter((track) => track?.kind === 'video' && track.readyState === 'live');
    const id = tracks[0]?.getSettings().deviceId;
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.find((device) => device.kind === 'videoinput' && device.deviceId === id)?.label ?? null;
  });
}

/** Frames of video, of `trackId` or of any track, are decoded from now on. */
export async function expectFramesDecoded(page: Page, trackId?: string, timeout = 20_000): Promise<void> {
  const before = (await received(page, 'video', trackId)).framesDecoded;
  await expect
    .poll(async () => (await received(page, 'video', trackId)).framesDecoded, { timeout, intervals: [200] })
    .toBeGreaterThan(before + 5);
}

/** Sound that is not silence arrives from now on. */
export async function expectSound(page: Page, timeout = 20_000): Promise<void> {
  const before = (await received(page, 'audio')).audioEnergy;
  await expect
    .poll(async () => (await received(page, 'audio')).audioEnergy, { timeout, intervals: [200] })
    .toBeGreaterThan(before + 1e-4);
}

/**
 * No packet of the kind arrives for a while. The fake device sounds once a second and shows ten pictures a second,
 * so two seconds without a packet mean that none is let through.
 */
export async function expectNoPackets(page: Page, kind: 'audio' | 'video', timeout = 20_000): Promise<void> {
  let count = -1;
  let since = 0;
  await expect(async () => {
    const { packets } = await received(page, kind);
    if (packets !== count) {
      count = packets;
      since = Date.now();
    }
    expect(Date.now() - since, `packets of ${kind} still arrive (${count})`).toBeGreaterThan(2_000);
  }).toPass({ timeout, intervals: [200] });
}
