export { languages, rememberLanguage, rememberedLanguage, type Language } from './language';
export { LanguageSwitch, useLanguage } from './context';
