import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import shared from '@/shared/i18n/ru.json';
import { fakeServer } from '@/shared/testing/network';
import { teacher } from '@/shared/testing/people';
import { show } from '@/shared/testing/render';
import help from '../i18n/ru.json';
import { PrivacyPage } from './PrivacyPage';

const server = fakeServer();
const words = help.privacyPage.withdraw;
const text = { 'GET /api/consent-text': { body: { version: '1', title: 'Согласие', body: 'Текст' } } };

test('a consent is withdrawn after one question that says what follows, and the way back is shown', async () => {
  server.answer({ ...text, 'DELETE /api/me/consents': { body: { ...teacher, consentDue: true } } });
  await show(<PrivacyPage />, { texts: { help, shared }, me: teacher });
  await userEvent.click(screen.getByText(words.button));
  expect(await screen.findByText(words.follows)).toBeTruthy();
  expect(server.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
  await userEvent.click(screen.getByText(words.confirm));
  expect(await screen.findByText(words.done)).toBeTruthy();
  expect(screen.getByText(words.again).closest('a')?.getAttribute('href')).toBe('/consent?next=%2Fprivacy');
});

test('who has no account has nothing to withdraw here', async () => {
  server.answer(text);
  await show(<PrivacyPage />, { texts: { help, shared } });
  expect(await screen.findByText('Текст')).toBeTruthy();
  expect(screen.queryByText(words.button)).toBeNull();
});
