import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import shared from '@/shared/i18n/ru.json';
import { fakeServer } from '@/shared/testing/network';
import { show } from '@/shared/testing/render';
import help from '../i18n/ru.json';
import { ErrorsPage } from './ErrorsPage';

const server = fakeServer();
const own = [{ code: 'device.busy', title: 'Занято', detail: 'Закройте другую программу.' }];
const open = (path: string) => show(<ErrorsPage own={own} />, { texts: { help, shared }, path });

beforeEach(() => {
  server.answer({
    'GET /api/help/errors': {
      body: {
        codes: [
          { code: 'not_found', status: 404, title: 'Здесь ничего нет', detail: 'Проверьте ссылку.' },
          { code: 'room.full', status: 409, title: 'В комнате нет мест', detail: 'Подождите.' },
        ],
        fields: [{ code: 'required', detail: 'Заполните это поле.' }],
      },
    },
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('every code has its words: the server\'s, those of fields and the client\'s own', async () => {
  await open('/help/errors');
  for (const words of ['Здесь ничего нет', 'Подождите.', 'Заполните это поле.', 'Закройте другую программу.']) {
    expect(await screen.findByText(words)).toBeTruthy();
  }
});

test('the line that an address names is brought into sight and marked, though it comes later than the page', async () => {
  const seen = vi.spyOn(HTMLElement.prototype, 'scrollIntoView');
  await open('/help/errors#room.full');
  const line = (await screen.findByText('В комнате нет мест')).closest('li');
  await waitFor(() => expect(seen.mock.contexts).toEqual([line]));
  expect(line?.getAttribute('aria-current')).toBe('true');
});

test('a code that nobody knows is said to be unknown', async () => {
  await open('/help/errors#http.502');
  expect(await screen.findByText(/http\.502/)).toBeTruthy();
});
