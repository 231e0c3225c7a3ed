import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import shared from '@/shared/i18n/ru.json';
import { fakeServer } from '@/shared/testing/network';
import { show } from '@/shared/testing/render';
import { ReportProblem } from './ReportProblem';

const server = fakeServer();

test('a report is sent with the page it is about', async () => {
  server.answer({ 'POST /api/problem-reports': { status: 204 } });
  await show(<ReportProblem opened onClose={() => {}} />, { texts: { shared } });
  fireEvent.change(screen.getByLabelText(/^Что случилось/), { target: { value: 'Не слышно собеседника' } });
  fireEvent.click(screen.getByText('Отправить'));
  expect(await screen.findByRole('status')).toBeTruthy();
  expect(server.calls[0]?.body).toMatchObject({ text: 'Не слышно собеседника', page: '/' });
});

test('a report that could not be sent stays in the field', async () => {
  server.answer({ 'POST /api/problem-reports': { status: 503, body: { code: 'database.away', title: 'База данных не отвечает' } } });
  await show(<ReportProblem opened onClose={() => {}} />, { texts: { shared } });
  fireEvent.change(screen.getByLabelText(/^Что случилось/), { target: { value: 'Нет звука' } });
  fireEvent.click(screen.getByText('Отправить'));
  expect(await screen.findByText('База данных не отвечает')).toBeTruthy();
  expect(screen.getByLabelText(/^Что случилось/)).toHaveProperty('value', 'Нет звука');
});
