import { isoDay } from '@/shared/lib/dates';

/** How a meeting comes again, as people choose it. */
export type Every = 'never' | 'day' | 'week' | 'twoWeeks' | 'monthDay' | 'monthWeekday';
export type Repeat = {
  every: Every;
  /** The last day, 2027-05-31. */
  until: string;
};

export const everies: Every[] = ['never', 'week', 'twoWeeks', 'monthWeekday', 'monthDay', 'day'];

const letters = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** Which one of its weekday in the month a day is: 1 to 4, or -1 for a fifth, which not every month has. */
export function nthOf(day: Date): number {
  const nth = Math.ceil(day.getDate() / 7);
  return nth > 4 ? -1 : nth;
}

/** The rule of RFC 5545 for a series that begins on `start`; null for a single meeting, or while no end is given. */
export function ruleOf({ every, until }: Repeat, start: Date): string | null {
  if (every === 'never' || !/^\d{4}-\d{2}-\d{2}$/.test(until)) return null;
  const day = letters[start.getDay()];
  const how = {
    day: 'FREQ=DAILY',
    week: `FREQ=WEEKLY;BYDAY=${day}`,
    twoWeeks: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}`,
    monthDay: `FREQ=MONTHLY;BYMONTHDAY=${start.getDate()}`,
    monthWeekday: `FREQ=MONTHLY;BYDAY=${nthOf(start)}${day}`,
  }[every];
  return `${how};UNTIL=${until.replaceAll('-', '')}`;
}

/** The end of the school year that a day belongs to: where most series end. */
export function endOfSchoolYear(day: Date): string {
  const year = day.getMonth() >= 5 ? day.getFullYear() + 1 : day.getFullYear();
  return isoDay(new Date(year, 4, 31));
}

/** What stands in the words for a repetition; see `repeat` in the texts. */
export function wordsOf(start: Date) {
  const weekday = String(start.getDay()) as '0' | '1' | '2' | '3' | '4' | '5' | '6';
  const gender = weekday === '0' ? 'n' : ['3', '5', '6'].includes(weekday) ? 'f' : 'm';
  const nth = nthOf(start);
  const place = (nth === -1 ? 'last' : String(nth)) as '1' | '2' | '3' | '4' | 'last';
  return { weekday, nth: `${gender}.${place}` as const, day: start.getDate() };
}
