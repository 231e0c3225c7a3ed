import type { Language } from '@/shared/i18n';

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** Hundredths as people read them: «88,5 %», «7»; a dash where there is nobody to count. */
export function formatValue(hundredths: number | null, unit: 'percent' | 'count', language: Language): string {
  if (hundredths === null) return '—';
  const text = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2 }).format(hundredths / 100);
  return unit === 'percent' ? `${text} %` : text;
}

/** Kopecks as roubles: «1 440 000,00 ₽»; a dash while nothing is known. */
export function formatMoney(kopecks: number | null, language: Language): string {
  if (kopecks === null) return '—';
  return new Intl.NumberFormat(locales[language], { style: 'currency', currency: 'RUB', currencyDisplay: 'narrowSymbol' }).format(kopecks / 100);
}

/** A typed number in hundredths: «88,5» is 8850; null for what is no number of up to two decimals. */
export function readHundredths(typed: string): number | null {
  const text = typed.replaceAll(/\s/g, '').replace(',', '.');
  if (!/^\d{1,11}(\.\d{1,2})?$/.test(text)) return null;
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** What is put into a field that `readHundredths` reads: «88.5» or «88,5». */
export function typedHundredths(hundredths: number | null | undefined, language: Language): string {
  if (hundredths === null || hundredths === undefined) return '';
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2, useGrouping: false }).format(hundredths / 100);
}
