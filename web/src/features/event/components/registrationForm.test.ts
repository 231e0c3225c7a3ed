import { expect, test } from 'vitest';
import type { RegistrationForm } from '@/shared/api';
import { blankQuestion, blankRegistration, formOf, registrationOf } from './registrationForm';

test('a form comes back unchanged, and none stays none', () => {
  const form: RegistrationForm = {
    seats: 20,
    deadline: new Date(2026, 10, 24, 12, 30).toISOString(),
    approval: true,
    questions: [{ id: 'q', kind: 'choice', text: 'Обед', options: ['да', 'нет'], required: true }],
  };
  expect(formOf(registrationOf(form))).toEqual(form);
  expect(formOf(registrationOf(null))).toBeNull();
});

test('only questions with a choice keep what to choose from', () => {
  const question = { ...blankQuestion(), text: ' Тема ', options: 'а\n\n б ' };
  const asked = { ...blankRegistration, asked: true };
  const of = (kind: 'text' | 'several') => formOf({ ...asked, questions: [{ ...question, kind }] })?.questions?.[0];
  expect(of('text')).toMatchObject({ text: 'Тема', options: [] });
  expect(of('several')?.options).toEqual(['а', 'б']);
});

test('a day without a time ends registration in its last minute', () => {
  const form = formOf({ ...blankRegistration, asked: true, deadlineDay: '2026-11-24' });
  expect(form?.deadline).toBe(new Date(2026, 10, 24, 23, 59).toISOString());
});

test('new questions have ids of their own', () => {
  expect(blankQuestion().id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(blankQuestion().id).not.toBe(blankQuestion().id);
});
