import { createStore } from '../call/store';

/**
 * The connection check as steps, each of which can be said in words: the server answers, the socket for talking to
 * it opens, media really flows, and how well. UI-free; the probe does the work over livekit-client and is loaded
 * when the check starts.
 */
export type StepName = 'server' | 'socket' | 'media' | 'quality';
export type StepStatus = 'waiting' | 'running' | 'good' | 'poor' | 'failed' | 'skipped';

export interface Figures {
  /** Round trip, milliseconds. */
  readonly rttMs: number | null;
  /** Share of packets lost, 0…1. */
  readonly loss: number | null;
  /** How media travels. */
  readonly transport: 'udp' | 'tcp' | null;
}

export interface CheckState {
  readonly steps: Readonly<Record<StepName, StepStatus>>;
  readonly figures: Figures;
  /** The worst thing found, as a code for words and for support; null while running and when all is well. */
  readonly finding: Finding | null;
  readonly running: boolean;
}

export const FINDINGS = ['server', 'socket', 'media', 'tcp_only', 'slow', 'lossy', 'unavailable'] as const;
export type Finding = `check.${(typeof FINDINGS)[number]}`;

/** What the probe reports while it works. Each method rejects or resolves by itself; there is no half success. */
export interface Probe {
  /** Asks the server for a token. */
  server(): Promise<Partial<Figures>>;
  socket(): Promise<Partial<Figures>>;
  media(): Promise<Partial<Figures>>;
  /** Sends for a few seconds and looks at what the server reports back. */
  quality(): Promise<Figures>;
  close(): Promise<void>;
}

/** The server answered, but does not check anybody now (too many checks): nothing is known, nothing is wrong. */
export class CheckUnavailable extends Error {}

const waiting: Readonly<Record<StepName, StepStatus>> = {
  server: 'waiting',
  socket: 'waiting',
  media: 'waiting',
  quality: 'waiting',
};
const noFigures: Figures = { rttMs: null, loss: null, transport: null };
export const SLOW_RTT_MS = 350;
export const LOSSY = 0.05;
const STEP_LIMIT_MS = 12_000;

export class ConnectionCheck {
  readonly state = createStore<CheckState>({ steps: waiting, figures: noFigures, finding: null, running: false });
  private current: Probe | null = null;

  constructor(private readonly makeProbe: () => Promise<Probe>) {}

  async run(): Promise<void> {
    if (this.state.get().running) return;
    this.state.set({ steps: waiting, figures: noFigures, finding: null, running: true });
    let probe: Probe;
    try {
      probe = await this.makeProbe();
    } catch {
      return this.end('server', 'check.server');
    }
    this.current = probe;
    const stale = () => this.current !== probe;
    try {
      for (const step of ['server', 'socket', 'media', 'quality'] as const) {
        this.step(step, 'running');
        try {
          // eslint-disable-next-line no-await-in-loop -- Each step stands on the one before.
          const figures = await inTime(probe[step]());
          if (stale()) return;
          this.state.update((now) => ({ ...now, figures: { ...now.figures, ...figures } }));
          this.step(step, 'good');
        } catch (error) {
          if (stale()) return;
          if (error instanceof CheckUnavailable) return this.end(step, 'check.unavailable', 'skipped');
          // Media flows; that nobody measured it is no fault of the line.
          if (step === 'quality') return this.end(step, null, 'skipped');
          return this.end(step, `check.${step}`);
        }
      }
      this.judge();
    } finally {
      if (!stale()) this.current = null;
      await probe.close().catch(() => undefined);
    }
  }

  /** Joining does not wait for the check. */
  stop(): void {
    const probe = this.current;
    this.current = null;
    this.state.update((now) => ({ ...now, running: false }));
    void probe?.close().catch(() => undefined);
  }

  private judge(): void {
    const { rttMs, loss, transport } = this.state.get().figures;
    if (loss !== null && loss > LOSSY) return this.end('quality', 'check.lossy', 'poor');
    if (rttMs !== null && rttMs > SLOW_RTT_MS) return this.end('quality', 'check.slow', 'poor');
    if (transport === 'tcp') return this.end('media', 'check.tcp_only', 'poor');
    this.state.update((now) => ({ ...now, running: false }));
  }

  private step(step: StepName, status: StepStatus): void {
    this.state.update((now) => ({ ...now, steps: { ...now.steps, [step]: status } }));
  }

  private end(step: StepName, finding: Finding | null, status: StepStatus = 'failed'): void {
    this.state.update((now) => {
      const steps = { ...now.steps, [step]: status };
      for (const later of ['server', 'socket', 'media', 'quality'] as const) {
        if (steps[later] === 'waiting') steps[later] = 'skipped';
      }
      return { ...now, steps, finding, running: false };
    });
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), STEP_LIMIT_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
