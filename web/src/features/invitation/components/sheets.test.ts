import { expect, test } from 'vitest';
import { sheetsOf } from './sheets';

test('the eleventh slip goes to a second sheet', () => {
  const sheets = sheetsOf(Array.from({ length: 11 }, (_, index) => index));
  expect(sheets.map((sheet) => sheet.length)).toEqual([10, 1]);
});
