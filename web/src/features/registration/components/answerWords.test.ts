import { expect, test } from 'vitest';
import { answerWords } from './answerWords';

test('every kind of answer is one line', () => {
  const words = (answer: string | string[] | boolean | undefined) => answerWords(answer, 'да', 'нет');
  expect([words(undefined), words('Физика'), words(['а', 'б']), words(true), words(false)]).toEqual([
    '',
    'Физика',
    'а; б',
    'да',
    'нет',
  ]);
});
