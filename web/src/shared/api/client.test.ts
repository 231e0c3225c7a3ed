import { afterEach, expect, test, vi } from 'vitest';
import { answer, client } from './client';
import { ApiError } from './problem';

function serverSays(status: number, body: string, type: string) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers: { 'content-type': type } })));
}

afterEach(() => vi.unstubAllGlobals());

test('a successful answer is its body', async () => {
  serverSays(200, '{"name":"Kafedra"}', 'application/json');
  expect(await answer(client.GET('/api/server'))).toEqual({ name: 'Kafedra' });
});

test('a problem keeps its code and its field errors', async () => {
  serverSays(
    422,
    '{"code":"invalid","title":"Проверьте поля","errors":[{"field":"title","code":"empty","detail":"Назовите встречу"}]}',
    'application/problem+json',
  );
  const error = await answer(client.GET('/api/server')).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).code).toBe('invalid');
  expect((error as ApiError).fields).toEqual({ title: 'Назовите встречу' });
});

test('a page of a proxy becomes a problem with a code of ours', async () => {
  serverSays(502, '<h1>Bad gateway</h1>', 'text/html');
  await expect(answer(client.GET('/api/server'))).rejects.toMatchObject({ code: 'http.502' });
});

test('no answer at all is the network', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
  await expect(answer(client.GET('/api/server'))).rejects.toMatchObject({ code: 'network', status: 0 });
});
