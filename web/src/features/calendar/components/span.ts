import { addDays, startOfDay } from '@/shared/lib/dates';
import type { CalendarView } from '../routes/search';

/** The Monday of a day's week. */
export function monday(day: Date): Date {
  return addDays(startOfDay(day), -((day.getDay() + 6) % 7));
}

/** What a view shows around a day: whole weeks for a month, a week, or a month of days to come. */
export function spanOf(view: CalendarView, day: Date): { from: Date; to: Date } {
  if (view === 'week') return { from: monday(day), to: addDays(monday(day), 7) };
  if (view === 'list') return { from: startOfDay(day), to: addDays(startOfDay(day), 31) };
  const first = new Date(day.getFullYear(), day.getMonth(), 1);
  const last = new Date(day.getFullYear(), day.getMonth() + 1, 0);
  return { from: monday(first), to: addDays(monday(last), 7) };
}

/** The same view a step earlier or later. */
export function step(view: CalendarView, day: Date, by: 1 | -1): Date {
  if (view === 'week') return addDays(day, 7 * by);
  if (view === 'list') return addDays(day, 31 * by);
  return new Date(day.getFullYear(), day.getMonth() + by, 1);
}

/** The days of a span, one after another. */
export function daysOf({ from, to }: { from: Date; to: Date }): Date[] {
  const days: Date[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
