import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FeedLink, openFeed } from './live-feed';
import type { LiveEvent } from './wire';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server whose streams the test writes to. */
function server() {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const events: LiveEvent[] = [];
  const links: FeedLink[] = [];
  const refused: [number, string][] = [];
  let answer: () => Response = () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void streams.push(controller) });
    return new Response(body, { status: 200 });
  };
  const doFetch = vi.fn(async (_input: RequestInfo | URL, init?: RequestInit) => {
    const response = answer();
    init?.signal?.addEventListener('abort', () => {
      try {
        streams.at(-1)?.error(new DOMException('aborted', 'AbortError'));
      } catch {
        // Closed already.
      }
    });
    return response;
  });
  const feed = openFeed({
    url: '/api/rooms/r/live',
    onEvent: (event) => events.push(event),
    onLink: (link) => links.push(link),
    onRefused: (status, code) => refused.push([status, code]),
    fetch: doFetch,
  });
  return {
    feed,
    doFetch,
    events,
    links,
    refused,
    answerWith: (next: () => Response) => {
      answer = next;
    },
    write: (text: string) => streams.at(-1)?.enqueue(new TextEncoder().encode(text)),
    end: () => streams.at(-1)?.close(),
  };
}

const hello = 'event: snapshot\ndata: {"room":{},"me":{},"seats":[],"hands":[],"chat":[]}\n\n';

test('the line is open once the snapshot is there', async () => {
  const { links, write, feed } = server();
  await vi.advanceTimersByTimeAsync(1);
  expect(links.at(-1)).toBe('connecting');
  write(hello);
  await vi.advanceTimersByTimeAsync(1);
  expect(links.at(-1)).toBe('open');
  feed.close();
});

test('a line that ends is opened again, and its events go on', async () => {
  const { events, write, end, doFetch, feed } = server();
  await vi.advanceTimersByTimeAsync(1);
  write(hello);
  await vi.advanceTimersByTimeAsync(1);
  end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(doFetch).toHaveBeenCalledTimes(2);
  write(hello);
  await vi.advanceTimersByTimeAsync(1);
  expect(events.filter((event) => event.type === 'snapshot')).toHaveLength(2);
  feed.close();
});

test('a line gone silent is dropped and opened again', async () => {
  const { write, doFetch, feed } = server();
  await vi.advanceTimersByTimeAsync(1);
  write(hello);
  await vi.advanceTimersByTimeAsync(30_000);
  write(': still here\n\n');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(doFetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(doFetch).toHaveBeenCalledTimes(2);
  feed.close();
});

test('a refusal is told with its code and not repeated', async () => {
  const { answerWith, refused, doFetch } = server();
  answerWith(() => new Response('{"code":"seat.removed"}', { status: 403 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refused).toEqual([[403, 'seat.removed']]);
  expect(doFetch).toHaveBeenCalledTimes(1);
});

test('a server that stumbles is asked again', async () => {
  const { answerWith, doFetch, feed } = server();
  answerWith(() => new Response('bad gateway', { status: 502 }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(doFetch.mock.calls.length).toBeGreaterThan(3);
  feed.close();
});

test('before it restarts the server says when to come back', async () => {
  const { write, end, doFetch, feed } = server();
  await vi.advanceTimersByTimeAsync(1);
  write(`${hello}event: restart\ndata: {"retryMs":4000}\n\n`);
  await vi.advanceTimersByTimeAsync(1);
  end();
  await vi.advanceTimersByTimeAsync(3900);
  expect(doFetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(doFetch).toHaveBeenCalledTimes(2);
  feed.close();
});
