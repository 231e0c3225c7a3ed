import { expect, test } from 'vitest';
import { emptyPerson, personDraftOf } from './personForm';

test('an empty field is sent as none, not as an empty text', () => {
  expect(personDraftOf({ ...emptyPerson, familyName: ' Ким ', givenName: 'Анна' })).toEqual({
    familyName: 'Ким',
    givenName: 'Анна',
    patronymic: null,
    email: null,
    login: null,
  });
});
