import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { ApiError } from '@/shared/api';
import { signInHref, wordsOf } from './errorWords';

// The key stands for its text.
const t = ((key: string) => key) as unknown as TFunction;

test('the words of the server come before ours', () => {
  const words = wordsOf(new ApiError({ status: 409, code: 'person.no_account', title: 'Нет логина', detail: 'Впишите его.' }), t);
  expect(words).toEqual({ title: 'Нет логина', text: 'Впишите его.', code: 'person.no_account', remedy: 'words' });
});

test('a lost network offers to try again', () => {
  expect(wordsOf(new ApiError({ status: 0, code: 'network' }), t)).toMatchObject({ title: 'errors.network.title', remedy: 'retry' });
});

test('an ended session offers to sign in, a wrong password does not', () => {
  expect(wordsOf(new ApiError({ status: 401, code: 'sign_in.needed' }), t).remedy).toBe('signIn');
  expect(wordsOf(new ApiError({ status: 401, code: 'sign_in.wrong' }), t).remedy).toBe('words');
});

test('signing in comes back to the same place', () => {
  window.history.replaceState(null, '', '/people?q=7');
  expect(signInHref()).toBe('/sign-in?next=%2Fpeople%3Fq%3D7');
  window.history.replaceState(null, '', '/');
});
