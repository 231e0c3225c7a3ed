import { expect, test } from 'vitest';
import { endOfSchoolYear, nthOf, ruleOf } from './repeat';

const tuesday = new Date(2026, 8, 1, 15, 0);

test('a repetition becomes a rule with an end', () => {
  const until = '2027-05-31';
  expect(ruleOf({ every: 'twoWeeks', until }, tuesday)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270531');
  expect(ruleOf({ every: 'monthWeekday', until }, tuesday)).toBe('FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270531');
  expect(ruleOf({ every: 'monthDay', until }, tuesday)).toBe('FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270531');
  expect(ruleOf({ every: 'never', until }, tuesday)).toBeNull();
  expect(ruleOf({ every: 'week', until: '' }, tuesday)).toBeNull();
});

test('a fifth weekday is the last one, since not every month has five', () => {
  expect(nthOf(new Date(2026, 8, 28))).toBe(4);
  expect(nthOf(new Date(2026, 8, 29))).toBe(-1);
});

test('a series is offered until the end of the school year', () => {
  expect(endOfSchoolYear(tuesday)).toBe('2027-05-31');
  expect(endOfSchoolYear(new Date(2027, 1, 1))).toBe('2027-05-31');
});
