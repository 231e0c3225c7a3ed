import { readKept, writeKept } from '@/shared/lib/kept';

export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];

function known(value: string | null | undefined): value is Language {
  return languages.some((language) => language === value);
}

/** The language chosen on this device; Russian for everyone who has not chosen. */
export function rememberedLanguage(): Language {
  const kept = readKept('kafedra.language');
  return known(kept) ? kept : 'ru';
}

export function rememberLanguage(language: Language): void {
  writeKept('kafedra.language', language);
}
