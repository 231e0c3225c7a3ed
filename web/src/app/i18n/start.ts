import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { rememberLanguage, rememberedLanguage, type Language } from '@/shared/i18n';

/** Each language is its own chunk: nobody loads the one they do not read. */
async function load(language: Language) {
  return language === 'ru' ? (await import('./ru')).texts : (await import('./en')).texts;
}

/** Loads the texts of the reader's language and starts i18next. Awaited before the first render. */
export async function startI18n(): Promise<void> {
  const language = rememberedLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    defaultNS: 'shared',
    resources: { [language]: await load(language) },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
}

/** Loads a language's texts if they are not there yet, then switches every text on the page to it. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'shared')) {
    for (const [namespace, bundle] of Object.entries(await load(language))) {
      i18next.addResourceBundle(language, namespace, bundle);
    }
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Switches to the language of the account that signed in, and remembers it on this device. */
export async function followLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  rememberLanguage(language);
  await switchLanguage(language);
}
