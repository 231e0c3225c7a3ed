import type { Language } from '@/shared/i18n';

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

function format(options: Intl.DateTimeFormatOptions) {
  return (value: string | Date, language: Language) =>
    new Intl.DateTimeFormat(locales[language], options).format(new Date(value));
}

/** 14:05 */
export const formatTime = format({ hour: '2-digit', minute: '2-digit' });

/** вторник, 24 ноября */
export const formatWeekday = format({ weekday: 'long', day: 'numeric', month: 'long' });

/** The same at the beginning of a line: Вторник, 24 ноября */
export function formatDay(value: string | Date, language: Language): string {
  const text = formatWeekday(value, language);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 24 ноября 2026 г. */
export const formatDate = format({ day: 'numeric', month: 'long', year: 'numeric' });

/** 24 ноября 2026 г., 14:05 */
export const formatDateTime = format({
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** 24.11.2026, 14:05: for columns. */
export const formatMoment = format({
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** 14:05–15:30, or with both dates when the end is on another day. */
export function formatSpan(start: string, end: string, language: Language): string {
  if (sameDay(new Date(start), new Date(end))) return `${formatTime(start, language)}–${formatTime(end, language)}`;
  return `${formatDateTime(start, language)} – ${formatDateTime(end, language)}`;
}

export function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

export function addDays(date: Date, days: number): Date {
  const moved = new Date(date);
  moved.setDate(moved.getDate() + days);
  return moved;
}

export function sameDay(a: Date, b: Date): boolean {
  return startOfDay(a).getTime() === startOfDay(b).getTime();
}

/** The local calendar day as 2026-11-24. */
export function isoDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A moment from a local day and time, both as their inputs give them; null when either is not one. */
export function momentOf(day: string, time: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{1,2}:\d{2}$/.test(time)) return null;
  const moment = new Date(`${day}T${time.padStart(5, '0')}:00`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** The next quarter of an hour that is at least five minutes away: a fair start for a new meeting. */
export function nextQuarter(now: Date): Date {
  const quarter = 15 * 60_000;
  return new Date(Math.ceil((now.getTime() + 5 * 60_000) / quarter) * quarter);
}
