import type { Language } from '@/shared/i18n';
import { monthIndex } from './months';

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** апрель 2017 */
export function formatMonth(month: string, language: Language): string {
  const index = monthIndex(month);
  const day = new Date(Math.floor(index / 12), index % 12, 1);
  return new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric' }).format(day).replace(/ г\.$/, '');
}

/** апр., for the head of a chart. */
export function shortMonth(month: string, language: Language): string {
  const index = monthIndex(month);
  return new Intl.DateTimeFormat(locales[language], { month: 'short' }).format(new Date(Math.floor(index / 12), index % 12, 1));
}

/** май 2017 – июль 2017; one month is written once. */
export function formatTerm({ start, end }: { start: string; end: string }, language: Language): string {
  return start === end ? formatMonth(start, language) : `${formatMonth(start, language)} – ${formatMonth(end, language)}`;
}

/** A day without a time: `2017-04-03` is the third of April wherever the reader sits. */
export function formatIsoDay(day: string, language: Language): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(year, month - 1, date),
  );
}
