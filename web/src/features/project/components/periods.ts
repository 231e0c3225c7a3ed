import type { Project } from '@/shared/api';

/** The quarter of a day: `2017-06-15` is the second of 2017. */
export function quarterOf(day: string): { year: number; quarter: number } {
  return { year: Number(day.slice(0, 4)), quarter: Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1 };
}

/** True where the quarter of a day was signed: what changes in it is a correction. */
export function isSigned({ periods }: Pick<Project, 'periods'>, day: string): boolean {
  const { year, quarter } = quarterOf(day);
  return periods.some((one) => one.year === year && one.quarter === quarter && one.revision > 0);
}
