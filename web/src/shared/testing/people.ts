import type { Grant, Me } from '@/shared/api';

/** Callers for unit tests. */
export const anonymous: Me = {
  person: null,
  guest: null,
  kit: null,
  grants: [],
  capabilities: [],
  locale: 'ru',
  consentDue: false,
  consentVersion: null,
};

export const teacher: Me = {
  ...anonymous,
  person: {
    id: 'person-1',
    familyName: 'Смирнова',
    givenName: 'Анна',
    patronymic: 'Петровна',
    email: null,
    login: 'smirnova',
  },
};

export function withGrants(...grants: Omit<Grant, 'id'>[]): Me {
  return { ...teacher, grants: grants.map((grant, index) => ({ id: `grant-${index}`, ...grant })) };
}
