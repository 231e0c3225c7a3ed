import { expect, test } from 'vitest';
import { formatMoney, formatValue, readHundredths, typedHundredths } from './figures';

test('hundredths are shown as people read them', () => {
  expect(formatValue(8850, 'percent', 'ru')).toBe('88,5 %');
  expect(formatValue(700, 'count', 'en')).toBe('7');
  expect(formatValue(null, 'percent', 'ru')).toBe('—');
});

test('money keeps its kopecks', () => {
  expect(formatMoney(144_000_005, 'ru').replaceAll(/\s/g, ' ')).toBe('1 440 000,05 ₽');
  expect(formatMoney(null, 'en')).toBe('—');
});

test('a typed number is read exactly, in both languages', () => {
  expect(readHundredths('88,5')).toBe(8850);
  expect(readHundredths(' 1 440 000.07 ')).toBe(144_000_007);
  expect(readHundredths('7')).toBe(700);
  for (const wrong of ['', '-1', '1,234', 'семь', '1e3', '1.2.3']) expect(readHundredths(wrong)).toBeNull();
  expect(readHundredths(typedHundredths(144_000_005, 'ru'))).toBe(144_000_005);
  expect(typedHundredths(null, 'en')).toBe('');
});
