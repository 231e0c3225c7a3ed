import type { BrowserContext } from '@playwright/test';

/** What the probe keeps in every page, for the tests to read. */
export interface Probe {
  readonly connections: RTCPeerConnection[];
  readonly sockets: WebSocket[];
}

declare global {
  interface Window {
    kafedraProbe: Probe;
  }
}

export interface Camera {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** Several encoders share two cores here, so the cameras are small ones, as on an old laptop. */
export const smallCamera: Camera = { width: 320, height: 180, framesPerSecond: 10 };

/** Large enough for a second layer of simulcast. */
export const layeredCamera: Camera = { width: 640, height: 360, framesPerSecond: 10 };

export interface ProbeOptions {
  readonly camera: Camera;
  /** Media candidates of this UDP port are sent to the other one instead: a relay that can be cut. */
  readonly redirectUdp?: { readonly from: number; readonly to: number };
  /** No candidate of the page's own: a network that lets nothing but web pages through. */
  readonly closedUdp?: boolean;
}

/** Must run before the first page of the context. */
export async function installProbe(context: BrowserContext, options: ProbeOptions): Promise<void> {
  await context.addInitScript(probe, options);
}

/** Runs inside the page, before its own scripts; so it may use nothing from this module. */
function probe({ camera, redirectUdp, closedUdp }: ProbeOptions): void {
  const connections: RTCPeerConnection[] = [];
  const sockets: WebSocket[] = [];
  Object.defineProperty(window, 'kafedraProbe', { value: { connections, sockets } });

  const reachable = (configuration?: RTCConfiguration): RTCConfiguration | undefined =>
    closedUdp ? { ...configuration, iceTransportPolicy: 'relay' } : configuration;
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      super(reachable(configuration));
      connections.push(this);
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(reachable(configuration));
    }
    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const sdp = redirectUdp
        ? description.sdp?.replaceAll(
            new RegExp(`^(a=candidate:\\S+ \\d+ udp \\d+ \\S+) ${redirectUdp.from} `, 'gim'),
            `$1 ${redirectUdp.to} `,
          )
        : description.sdp;
      return super.setRemoteDescription({ type: description.type, ...(sdp === undefined ? {} : { sdp }) });
    }
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.push(this);
    }
  };

  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) => {
    if (!constraints?.video) return getUserMedia(constraints);
    const asked = constraints.video === true ? {} : constraints.video;
    const { width, height, framesPerSecond } = camera;
    return getUserMedia({ ...constraints, video: { ...asked, width, height, frameRate: framesPerSecond } });
  };
}
