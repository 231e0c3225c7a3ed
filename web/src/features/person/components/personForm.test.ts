import { expect, test } from 'vitest';
import { emptyPerson, personDraftOf, sameName } from './personForm';

test('an empty field is sent as none, not as an empty text', () => {
  expect(personDraftOf({ ...emptyPerson, familyName: ' Ким ', givenName: 'Анна' })).toEqual({
    familyName: 'Ким',
    givenName: 'Анна',
    patronymic: null,
    email: null,
    login: null,
  });
});

test('a name is typed as it stands on the card, whatever the case, «ё» and spaces', () => {
  expect(sameName(' семенова  МАРИЯ ', 'Семёнова Мария')).toBe(true);
  expect(sameName('Семёнова', 'Семёнова Мария')).toBe(false);
});
