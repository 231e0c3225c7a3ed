import 'i18next';
import type { texts as door } from './door.ru';
import type { texts } from './ru';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: typeof door & typeof texts;
  }
}
