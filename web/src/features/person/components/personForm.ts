import type { Person, PersonDraft } from '@/shared/api';

export type PersonValues = { familyName: string; givenName: string; patronymic: string; email: string; login: string };

export const emptyPerson: PersonValues = { familyName: '', givenName: '', patronymic: '', email: '', login: '' };

export function valuesOf(person: Person): PersonValues {
  return {
    familyName: person.familyName,
    givenName: person.givenName,
    patronymic: person.patronymic ?? '',
    email: person.email ?? '',
    login: person.login ?? '',
  };
}

/** Whether a typed name is the one on the card, as the server compares: without case, «ё» and extra spaces. */
export function sameName(typed: string, name: string): boolean {
  const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е');
  return folded(typed) === folded(name);
}

/** An empty field means «none», which the server writes as null. */
export function personDraftOf(values: PersonValues): PersonDraft {
  const orNull = (value: string) => value.trim() || null;
  return {
    familyName: values.familyName.trim(),
    givenName: values.givenName.trim(),
    patronymic: orNull(values.patronymic),
    email: orNull(values.email),
    login: orNull(values.login),
  };
}
