/** The English texts that the way into a room needs: see `door.ru.ts`. */
import room from '@/features/room/i18n/en.json';
import session from '@/features/session/i18n/en.json';
import shared from '@/shared/i18n/en.json';

export const texts = { shared, room, session };
