/** The Russian texts that the way into a room needs: all that loads before it. `door.en.ts` must hold the same. */
import room from '@/features/room/i18n/ru.json';
import session from '@/features/session/i18n/ru.json';
import shared from '@/shared/i18n/ru.json';

export const texts = { shared, room, session };
