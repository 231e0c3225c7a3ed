import { expect, test } from 'vitest';
import { emptyPassport } from './emptyPassport';
import { gapsOf, taken, type PaperDraft } from './paper';

const form = { ...emptyPassport(new Date(2026, 8, 1)), goal: 'Цель формы', municipalProgrammes: ['Образование'] };

const draft: PaperDraft = {
  ...form,
  title: 'Платформа',
  goal: '',
  start: null,
  end: '2027-05',
  approval: { body: 'Комиссия', date: null, minutesNumber: '' },
  municipalProgrammes: [],
  participants: [{ position: 'Директор', organisation: 'ИМЦ', part: null }],
  indicators: [{ ordinal: 1, name: 'Доля', unit: null, baseYear: 2025, baseValue: null, plan: [] }],
  stages: [
    {
      number: 1,
      name: 'Начало',
      checkpoints: [{ number: '1.1', name: 'Паспорт', start: '2026-09', end: null }],
      results: [],
    },
  ],
};

test('what the paper says goes into the form, what it does not say stays as the form has it', () => {
  const passport = taken(draft, form);
  expect(passport).toMatchObject({ title: 'Платформа', goal: 'Цель формы', start: '2026-09', end: '2027-05' });
  expect(passport.approval).toEqual({ body: 'Комиссия', date: '2026-09-01', minutesNumber: '' });
  expect(passport.municipalProgrammes).toEqual(['Образование']);
  expect(passport.stages[0]?.checkpoints[0]).toMatchObject({ start: '2026-09', end: '2027-05' });
});

test('rows that stay refer to no indicator that the paper does not have', () => {
  const results = [
    { number: 1, text: 'Первый', indicator: 1 },
    { number: 2, text: 'Второй', indicator: 2 },
  ];
  const passport = taken({ ...draft, results: [] }, { ...form, results });
  expect(passport.results.map(({ indicator }) => indicator)).toEqual([1, null]);
});

test('every field that the paper leaves open is named', () => {
  expect(gapsOf(draft)).toEqual([
    { row: '', field: 'start' },
    { row: '', field: 'date' },
    { row: 'Директор ИМЦ', field: 'part' },
    { row: '1. Доля', field: 'unit' },
    { row: '1. Доля', field: 'baseValue' },
    { row: '1.1 Паспорт', field: 'end' },
  ]);
});
