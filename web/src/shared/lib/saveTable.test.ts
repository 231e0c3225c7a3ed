import { expect, test } from 'vitest';
import { csvOf } from './saveTable';

test('a table opens in a spreadsheet with its columns apart', () => {
  expect(csvOf(['ФИО', 'Место'], [['Иванова А.', 'Школа № 3']])).toBe('\uFEFFФИО;Место\r\nИванова А.;Школа № 3\r\n');
});

test('quotes and semicolons inside a cell stay inside it', () => {
  expect(csvOf(['a'], [['МБОУ «СОШ "Лад"»; корпус 2']])).toContain('"МБОУ «СОШ ""Лад""»; корпус 2"');
});

test('a cell that looks like a formula is only text', () => {
  expect(csvOf(['a'], [['=1+1']])).toContain("'=1+1");
});
