import { createContext, use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberLanguage, type Language } from './language';

type Switch = (language: Language) => Promise<void>;

const SwitchContext = createContext<Switch>(() => Promise.resolve());

/** The application gives the way to load another language; `shared` does not know the features' texts. */
export function LanguageSwitch({ onSwitch, children }: { onSwitch: Switch; children: ReactNode }) {
  return <SwitchContext value={onSwitch}>{children}</SwitchContext>;
}

/** The language of the page and the way to change it, remembered on this device. */
export function useLanguage(): { language: Language; setLanguage: Switch } {
  const { i18n } = useTranslation();
  const load = use(SwitchContext);
  return {
    language: i18n.language === 'en' ? 'en' : 'ru',
    setLanguage: async (language) => {
      rememberLanguage(language);
      await load(language);
    },
  };
}
