import { waitBefore } from './backoff';
import { createSseParser } from './sse';
import type { LiveEvent } from './wire';

/**
 * Keeps the room's live stream open. Every (re)connection begins with a whole snapshot, so coming back needs no
 * memory of what was missed. `fetch` rather than EventSource: a refusal has a status and a code, and a stream that
 * went silent can be dropped at once when the network returns.
 */
export type FeedLink = 'connecting' | 'open' | 'lost';

export interface FeedOptions {
  readonly url: string;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onLink: (link: FeedLink) => void;
  /** The server will not have us: 401, 403, 404 or 410 with the problem's code. The feed stays closed. */
  readonly onRefused: (status: number, code: string) => void;
  readonly fetch?: typeof fetch;
}

export interface Feed {
  /** Drops the present connection, if any, and opens a new one at once. */
  nudge(): void;
  close(): void;
}

/** The server sends a comment every 15 s; after this long without a byte the line is dead, whatever TCP thinks. */
const SILENCE_MS = 40_000;

const NAMES: ReadonlySet<string> = new Set([
  'snapshot',
  'room',
  'seat',
  'seat_gone',
  'hands',
  'chat',
  'chat_removed',
  'presence_check',
  'presence_count',
  'lesson',
  'showing',
  'decks',
  'running_order',
  'question',
  'question_gone',
  'question_votes',
  'poll',
  'poll_gone',
  'poll_result',
  'ended',
  'restart',
]);

export function openFeed(options: FeedOptions): Feed {
  const doFetch = options.fetch ?? fetch;
  let closed = false;
  let attempt = 0;
  let current: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };

  const lost = (retryMs?: number) => {
    if (closed) return;
    options.onLink('lost');
    later(retryMs ?? waitBefore(++attempt));
  };

  const run = async () => {
    if (closed) return;
    const controller = new AbortController();
    current?.abort();
    current = controller;
    const stale = () => closed || current !== controller;
    options.onLink('connecting');
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => controller.abort(), SILENCE_MS);
    };
    let retryMs: number | undefined;
    try {
      heard();
      const response = await doFetch(options.url, {
        headers: { accept: 'text/event-stream' },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: controller.signal,
      });
      if (stale()) return;
      if ([401, 403, 404, 410].includes(response.status)) {
        const code = await problemCode(response);
        if (!stale()) options.onRefused(response.status, code);
        return;
      }
      if (!response.ok || !response.body) throw new Error(`live stream answered ${response.status}`);
      const feed = createSseParser(({ event, data }) => {
        if (stale() || !NAMES.has(event)) return;
        const parsed = { type: event, data: JSON.parse(data) as unknown } as LiveEvent;
        if (parsed.type === 'snapshot') {
          attempt = 0;
          options.onLink('open');
        }
        if (parsed.type === 'restart') retryMs = parsed.data.retryMs ?? 1000;
        options.onEvent(parsed);
      });
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || stale()) break;
        heard();
        feed(decoder.decode(value, { stream: true }));
      }
      if (!stale()) lost(retryMs);
    } catch {
      if (!stale()) lost(retryMs);
    } finally {
      clearTimeout(silence);
    }
  };

  later(0);

  return {
    nudge: () => {
      if (closed) return;
      attempt = 0;
      later(0);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      current?.abort();
    },
  };
}

async function problemCode(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { code?: unknown };
    return typeof body.code === 'string' ? body.code : '';
  } catch {
    return '';
  }
}
