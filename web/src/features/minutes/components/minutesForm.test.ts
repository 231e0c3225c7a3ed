import { expect, test } from 'vitest';
import { editOf, put } from './minutesForm';

test('lines that were added and left empty are not sent', () => {
  const edit = editOf(
    {
      number: '2',
      body: {
        chair: 'Орлова В. П.',
        secretary: '',
        attended: [{ name: 'Котов П. И.' }, { name: ' ' }],
        items: [
          { topic: 'Итоги', decided: [{ text: 'Одобрить' }, { text: '' }] },
          { topic: ' ', decided: [{ text: ' ' }] },
        ],
      },
    },
    null,
  );
  expect(edit.body.attended).toEqual([{ name: 'Котов П. И.' }]);
  expect(edit.body.items).toEqual([{ topic: 'Итоги', decided: [{ text: 'Одобрить' }] }]);
  expect(edit.updatedAt).toBeNull();
});

test('a place in a list is changed or taken out', () => {
  expect(put(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
  expect(put(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
});
