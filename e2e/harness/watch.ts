import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/**
 * What the browser and livekit-client report of their own accord while the server is away or
 * restarts: failed requests, answers of a server that stops, a signalling socket that broke.
 */
export const AWAY =
  /ERR_|WebSocket|NetworkError|Failed to fetch|^50\d from|status of 50\d|signal stream|signal request|leave request/;

/**
 * What no page may do, whatever a scenario is about: write an error to the console, break the content policy, throw,
 * get a 5xx answer, or ask another host for anything.
 */
export class Watch {
  private readonly seen: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** The scenario provokes this itself: a server that is away, a request that must be refused. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  follow(context: BrowserContext, origin: string): void {
    const host = new URL(origin).hostname;
    context.on('console', (message) => this.console(message));
    context.on('weberror', (error) => this.note(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      const local = ['data:', 'blob:', 'about:', 'chrome-error:'].includes(url.protocol);
      if (!local && url.hostname !== host) this.note(`asked another host: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 500) this.note(`${response.status()} from ${response.url()}`);
    });
  }

  faults(): readonly string[] {
    return this.seen.filter((fault) => !this.allowed.some((pattern) => pattern.test(fault)));
  }

  private console(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    // The browser's own line for an answer of 4xx: the page has dealt with that answer, or a scenario looks at how.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    this.note(`console: ${message.text()} (${message.location().url})`);
  }

  private note(fault: string): void {
    this.seen.push(fault);
  }
}
