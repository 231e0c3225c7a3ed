import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { rememberLanguage, rememberedLanguage, type Language } from '@/shared/i18n';

/** Each language is a chunk of its own, and in two parts: whoever follows a link to a room needs the door's only. */
const parts = {
  door: { ru: () => import('./door.ru'), en: () => import('./door.en') },
  house: { ru: () => import('./ru'), en: () => import('./en') },
} as const;

let inside = false;

async function load(part: keyof typeof parts, language: Language): Promise<void> {
  const { texts } = await parts[part][language]();
  for (const [namespace, bundle] of Object.entries(texts)) {
    if (!i18next.hasResourceBundle(language, namespace)) i18next.addResourceBundle(language, namespace, bundle);
  }
}

/** Starts i18next with the texts of the door in the reader's language. Awaited before the first render. */
export async function startI18n(): Promise<void> {
  const language = rememberedLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    defaultNS: 'shared',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await load('door', language);
  document.documentElement.lang = language;
}

/** Loads the texts of every page but the room's; pages wait for it before they are drawn. */
export async function enterHouse(): Promise<void> {
  inside = true;
  await load('house', i18next.language === 'en' ? 'en' : 'ru');
}

/** Loads a language's texts if they are not there yet, then switches every text on the page to it. */
export async function switchLanguage(language: Language): Promise<void> {
  await Promise.all([load('door', language), inside ? load('house', language) : undefined]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Switches to the language of the account that signed in, and remembers it on this device. */
export async function followLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  rememberLanguage(language);
  await switchLanguage(language);
}
