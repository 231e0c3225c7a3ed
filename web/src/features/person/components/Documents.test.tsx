import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Development } from '@/shared/api';
import shared from '@/shared/i18n/ru.json';
import { fakeServer } from '@/shared/testing/network';
import { show } from '@/shared/testing/render';
import person from '../i18n/ru.json';
import { Documents } from './Documents';

const texts = { shared, person };
const server = fakeServer();
const path = '/api/people/1/documents';

const document: Development = {
  id: '7',
  personId: '1',
  kind: 'certificate',
  series: 'АБ',
  blankNumber: '',
  registration: 'ПК-1',
  issuer: 'ИРО',
  issuedOn: '2016-03-01',
  validUntil: '2019-03-01',
  programme: '',
  programmeKind: '',
  hours: 72,
  trainingStart: null,
  trainingEnd: null,
  form: 'очная',
  funding: '',
  registerStatus: '',
  hasScan: false,
  uncounted: 'unverified',
  verifiedBy: null,
  verifiedAt: null,
  version: 3,
  may: { edit: true, verify: true, delete: false },
};

it('verifies exactly the version that is on the screen', async () => {
  server.answer({
    [`GET ${path}`]: { body: { items: [document], mayAdd: false } },
    'PUT /api/documents/7/verification': { body: document },
  });
  await show(<Documents personId="1" />, { texts });
  expect(await screen.findByText('Ждёт проверки')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Проверен по бумаге' }));
  await waitFor(() =>
    expect(server.calls).toContainEqual(
      expect.objectContaining({ path: '/api/documents/7/verification', body: { verified: true, version: 3 } }),
    ),
  );
});

it('keeps what its form does not show when a document is corrected', async () => {
  server.answer({
    [`GET ${path}`]: { body: { items: [document], mayAdd: false } },
    'PUT /api/documents/7': { body: document },
  });
  await show(<Documents personId="1" />, { texts });
  await userEvent.click(await screen.findByRole('button', { name: 'Исправить' }));
  const hours = screen.getByLabelText(/Часов/);
  await userEvent.clear(hours);
  await userEvent.type(hours, '16');
  await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
  await waitFor(() =>
    expect(server.calls).toContainEqual(
      expect.objectContaining({
        path: '/api/documents/7',
        body: expect.objectContaining({ hours: 16, series: 'АБ', form: 'очная', registration: 'ПК-1', version: 3 }),
      }),
    ),
  );
});

it('says which fields are missing and sends nothing', async () => {
  server.answer({ [`GET ${path}`]: { body: { items: [], mayAdd: true } } });
  await show(<Documents personId="1" />, { texts });
  await userEvent.click(await screen.findByRole('button', { name: 'Добавить документ' }));
  await userEvent.click(screen.getByRole('button', { name: 'Сохранить' }));
  expect(await screen.findByText('Введите номер')).toBeTruthy();
  expect(screen.getByText('Введите число часов')).toBeTruthy();
  expect(server.calls.map(({ method }) => method)).toEqual(['GET']);
});
