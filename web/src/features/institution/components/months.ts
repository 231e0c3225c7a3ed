import { isoDay } from '@/shared/lib/dates';

/** The month so many months after this one: 2026-11 and -1 give 2026-10. */
export function monthAfter(month: string, steps: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return isoDay(new Date(year, number - 1 + steps, 1)).slice(0, 7);
}

/** ноябрь 2026 */
export function monthName(month: string, language: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const text = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(new Date(year, number - 1, 1));
  return text.charAt(0).toUpperCase() + text.slice(1);
}
