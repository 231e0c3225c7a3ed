import { expect, test } from 'vitest';
import { changeValue, fieldParts } from './changes';

test('a field is told by words and rows', () => {
  expect(fieldParts('stages/2/checkpoints/2.2/end')).toEqual(['stages', { row: '2' }, 'checkpoints', { row: '2.2' }, 'end']);
});

test('values are written as people read them', () => {
  const said = (field: string, value: unknown) => changeValue({ field }, value, 'ru').replaceAll(/\s/g, ' ');
  expect(said('funding/city 2017/planKopecks', 144_000_000)).toBe('1 440 000,00 ₽');
  expect(said('indicators/1/plan/2017 4/value', 8850)).toBe('88,5');
  expect(said('indicators/1/baseYear', 2016)).toBe('2016');
  expect(said('municipalProgrammes', ['А', 'Б'])).toBe('А; Б');
  expect(said('risks/4', { number: 4, name: 'Новый', measure: '…' })).toBe('4 Новый');
  expect(said('goal', null)).toBe('—');
});
