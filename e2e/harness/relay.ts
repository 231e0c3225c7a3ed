import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { freeTcpPort } from './ports';

/** The ports of the loopback that a server listens on. */
export interface Ports {
  readonly httpPort: number;
  readonly udpPort: number;
}

/**
 * A network that can be cut: it stands between browsers and a server, for TCP and for UDP. While it is cut nothing
 * passes and no new connection succeeds; open connections are reset, as when a school's router restarts.
 */
export class Relay {
  private cut = false;
  private readonly sockets = new Set<Socket>();
  private readonly flows = new Map<string, UdpSocket>();

  private constructor(
    readonly httpPort: number,
    readonly udpPort: number,
    private readonly tcp: Server,
    private readonly udp: UdpSocket,
    private readonly server: Ports,
  ) {}

  static async start(server: Ports): Promise<Relay> {
    const port = await freeTcpPort();
    const tcp = createServer();
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    await once(udp, 'listening');
    const relay = new Relay(port, udp.address().port, tcp, udp, server);
    tcp.on('connection', (socket) => relay.accept(socket));
    udp.on('message', (packet, from) => relay.forward(packet, from));
    tcp.listen(port, '127.0.0.1');
    await once(tcp, 'listening');
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  interrupt(): void {
    this.cut = true;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  restore(): void {
    this.cut = false;
  }

  async dispose(): Promise<void> {
    this.interrupt();
    for (const flow of this.flows.values()) flow.close();
    this.udp.close();
    this.tcp.close();
    await once(this.tcp, 'close');
  }

  private accept(near: Socket): void {
    if (this.cut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.server.httpPort, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }

  /** One socket towards the server for each browser socket, so that the server tells them apart. */
  private forward(packet: Buffer, from: { address: string; port: number }): void {
    if (this.cut) return;
    const key = `${from.address}:${from.port}`;
    let flow = this.flows.get(key);
    if (!flow) {
      flow = createSocket('udp4');
      flow.on('message', (answer) => {
        if (!this.cut) this.udp.send(answer, from.port, from.address);
      });
      this.flows.set(key, flow);
    }
    flow.send(packet, this.server.udpPort, '127.0.0.1');
  }
}
