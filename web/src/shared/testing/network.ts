import { afterEach, vi } from 'vitest';

type Answer = { status?: number; body?: unknown };
type Call = { method: string; path: string; query: URLSearchParams; body: unknown };

/**
 * Stands in for the server in one test file: answers by `METHOD /path`, and tells what was asked.
 * A request nobody answers fails the test that made it.
 */
export function fakeServer() {
  const calls: Call[] = [];
  let answers: Record<string, Answer | ((call: Call) => Answer)> = {};

  async function fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      body: request.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : text,
    };
    calls.push(call);
    const found = answers[`${call.method} ${call.path}`];
    if (!found) return Promise.reject(new Error(`nobody answers ${call.method} ${call.path}`));
    const { status = 200, body } = typeof found === 'function' ? found(call) : found;
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
    });
  }

  afterEach(() => {
    calls.length = 0;
    answers = {};
    vi.unstubAllGlobals();
  });

  return {
    calls,
    answer(more: typeof answers) {
      answers = { ...answers, ...more };
      vi.stubGlobal('fetch', fetch);
    },
  };
}
