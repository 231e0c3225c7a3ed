import { expect, test } from 'vitest';
import { anonymous, withGrants } from '@/shared/testing/people';
import { institutionsKept, invites, isAdministrator, keepsInstitution, readsCityRegister } from './rights';

const coordinator = withGrants({ role: 'coordinator', scopeKind: 'institution', scopeId: 'school-1', scopeName: 'Школа 1' });

test('a coordinator keeps their own institution and no other', () => {
  expect(keepsInstitution(coordinator, 'school-1')).toBe(true);
  expect(keepsInstitution(coordinator, 'school-2')).toBe(false);
  expect(institutionsKept(coordinator)).toEqual([{ id: 'school-1', name: 'Школа 1' }]);
});

test('an administrator of the city keeps every institution', () => {
  const administrator = withGrants({ role: 'administrator', scopeKind: 'city', scopeId: null, scopeName: null });
  expect(isAdministrator(administrator)).toBe(true);
  expect(keepsInstitution(administrator, 'school-2')).toBe(true);
});

test('an official reads the registers and invites nobody', () => {
  const official = withGrants({ role: 'official', scopeKind: 'city', scopeId: null, scopeName: null });
  expect(readsCityRegister(official)).toBe(true);
  expect(invites(official)).toBe(false);
});

test('a visitor without an account sees no register', () => {
  expect(readsCityRegister(anonymous)).toBe(false);
});
