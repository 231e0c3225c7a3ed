import { expect, test } from 'vitest';
import { acceptBody } from './accept';

const values = {
  familyName: ' Ким ',
  givenName: 'Анна',
  patronymic: '',
  positionCode: null,
  login: 'kim',
  password: 'чайка над рекой',
  agreed: true,
};

test('a person the register knows sends nothing but a password', () => {
  expect(acceptBody('slip', values, '2026-01')).toEqual({ password: values.password, consentVersion: '2026-01' });
  expect(acceptBody('reset', values, '2026-01')).toEqual({ password: values.password, consentVersion: '2026-01' });
});

test('a newcomer sends a name, and no empty patronymic', () => {
  const body = acceptBody('link', values, '2026-01');
  expect(body).toMatchObject({ familyName: 'Ким', givenName: 'Анна', login: 'kim' });
  expect(body).not.toHaveProperty('patronymic');
});
