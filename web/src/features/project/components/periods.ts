import type { Project, QuarterStanding } from '@/shared/api';
import { monthAt, type Term } from './months';

/** The quarter of a day: `2017-06-15` is the second of 2017. */
export function quarterOf(day: string): { year: number; quarter: number } {
  return { year: Number(day.slice(0, 4)), quarter: Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1 };
}

/** The months of a quarter: the second of 2017 goes from `2017-04` to `2017-06`. */
export function monthsOf({ year, quarter }: { year: number; quarter: number }): Term {
  const first = year * 12 + (quarter - 1) * 3;
  return { start: monthAt(first), end: monthAt(first + 2) };
}

/** How an indicator stands in a quarter. */
export function standingOf(
  { indicators }: Pick<Project, 'indicators'>,
  ordinal: number,
  { year, quarter }: { year: number; quarter: number },
): QuarterStanding | undefined {
  const standing = indicators.find((one) => one.ordinal === ordinal);
  return standing?.quarters.find((one) => one.year === year && one.quarter === quarter);
}

/** The quarters of the term that have begun. */
export function begunPeriods({ periods, day }: Pick<Project, 'periods' | 'day'>): Project['periods'] {
  return periods.filter((one) => monthsOf(one).start <= day.slice(0, 7));
}

/** True where the quarter of a day was signed: what changes in it is a correction. */
export function isSigned({ periods }: Pick<Project, 'periods'>, day: string): boolean {
  const { year, quarter } = quarterOf(day);
  return periods.some((one) => one.year === year && one.quarter === quarter && one.revision > 0);
}
