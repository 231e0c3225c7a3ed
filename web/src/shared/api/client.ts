import createClient from 'openapi-fetch';
import type { paths } from '@/api/schema';
import { ApiError, type Problem } from './problem';

/**
 * The typed door to the server. Every answer that is not a success, and every failure to get an answer,
 * becomes an `ApiError`, so that callers read `data` and nothing else.
 */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  // Looked up at every call, so that a test can stand in for the network.
  fetch: (request: Request) => globalThis.fetch(request),
});

client.use({
  onRequest({ request }) {
    request.headers.set('accept', 'application/json, application/problem+json');
    request.headers.set('accept-language', document.documentElement.lang || 'ru');
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw new ApiError(await problemOf(response));
  },
  onError({ error }) {
    if (error instanceof ApiError) return error;
    return new ApiError({ status: 0, code: 'network' });
  },
});

/** The problem a response tells of; a proxy's HTML page becomes a problem with a code of ours. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    try {
      const body = (await response.json()) as Partial<Problem>;
      if (typeof body.code === 'string') return { ...body, code: body.code, status: response.status };
    } catch {
      // A body cut short says nothing more than the status does.
    }
  }
  return { status: response.status, code: `http.${response.status}` };
}

/** The body of a successful answer. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  // `onResponse` has thrown for every failure; an answer without a body is typed as undefined.
  return data as T;
}
