/** Every English text, one namespace per feature. */
import home from '@/features/home/i18n/en.json';
import session from '@/features/session/i18n/en.json';
import shared from '@/shared/i18n/en.json';

export const texts = { shared, home, session };
