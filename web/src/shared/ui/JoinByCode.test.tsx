import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import shared from '@/shared/i18n/ru.json';
import { show } from '@/shared/testing/render';
import { JoinByCode } from './JoinByCode';

test('words that hold no code are explained, not sent', async () => {
  await show(<JoinByCode />, { texts: { shared } });
  await userEvent.type(screen.getByRole('textbox'), 'педсовет');
  await userEvent.click(screen.getByRole('button'));
  expect(screen.getByText(shared.join.wrong)).toBeTruthy();
});
