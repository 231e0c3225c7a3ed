import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freeTcpPort, freeUdpPort } from './ports';

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** What the runs of the tests leave behind: logs, reports, pictures. */
export const output = path.join(repository, 'target', 'e2e');

const binary = process.env['KAFEDRA_E2E_BINARY'] ?? path.join(repository, 'target', 'debug', 'kafedra');
const START_MS = 60_000;
const STOP_MS = 15_000;

export interface Options {
  /** Names the log file under `target/e2e`. */
  readonly name: string;
  /** Further lines of the section `[media]`. */
  readonly media?: string;
}

/** One real server process over a data folder of its own, ended by its pid. */
export class Kafedra {
  private constructor(
    private readonly options: Options,
    private readonly folder: string,
    readonly httpPort: number,
    readonly udpPort: number,
    private child: ChildProcess,
  ) {}

  static async start(options: Options): Promise<Kafedra> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kafedra-e2e-'));
    const [http, udp] = [await freeTcpPort(), await freeUdpPort()];
    await writeFile(path.join(folder, 'kafedra.toml'), configuration(folder, http, udp, options.media));
    const server = new Kafedra(options, folder, http, udp, launch(options.name, folder));
    await server.ready();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the server has no process');
    return this.child.pid;
  }

  /** Ends the process as an operator does; the data folder stays for another start. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    const late = pause(STOP_MS, 'late', { ref: false });
    if ((await Promise.race([exit, late])) === 'late') {
      this.child.kill('SIGKILL');
      await exit;
      throw new Error(`the server did not stop within ${STOP_MS} ms of ${signal}`);
    }
  }

  /** Starts again over the same data and the same ports. */
  async startAgain(): Promise<void> {
    this.child = launch(this.options.name, this.folder);
    await this.ready();
  }

  async dispose(): Promise<void> {
    await this.stop('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  /** CPU time the process has used, in seconds (user and system). */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // The second field is the name in brackets and may hold spaces; utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // The kernel's USER_HZ is 100 on every Linux we run on.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Memory of the process that is in RAM, in bytes. */
  memoryBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await pause(50);
    }
    const log = readFileSync(logFile(this.options.name), 'utf8').slice(-4_000);
    this.child.kill('SIGKILL');
    throw new Error(`${binary} did not get ready. The end of its log:\n${log}`);
  }
}

function configuration(folder: string, http: number, udp: number, media = ''): string {
  return [
    '[server]',
    `listen = "127.0.0.1:${http}"`,
    `data = ${JSON.stringify(path.join(folder, 'data'))}`,
    // The test waits for the process to end: nothing is in flight by then but event streams.
    'shutdown_seconds = 3',
    '[media]',
    `udp = "127.0.0.1:${udp}"`,
    media,
    '',
  ].join('\n');
}

function logFile(name: string): string {
  return path.join(output, `${name}.log`);
}

function launch(name: string, folder: string): ChildProcess {
  mkdirSync(output, { recursive: true });
  const log = createWriteStream(logFile(name), { flags: 'a' });
  const child = spawn(binary, ['--config', path.join(folder, 'kafedra.toml'), 'demo'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return child;
}
