/** Every Russian text, one namespace per feature. `en.ts` must hold the same; `npm run texts` compares them. */
import home from '@/features/home/i18n/ru.json';
import session from '@/features/session/i18n/ru.json';
import shared from '@/shared/i18n/ru.json';

export const texts = { shared, home, session };
