/** Every Russian text, one namespace per feature. `en.ts` must hold the same; `npm run texts` compares them. */
import access_log from '@/features/access_log/i18n/ru.json';
import event from '@/features/event/i18n/ru.json';
import help from '@/features/help/i18n/ru.json';
import home from '@/features/home/i18n/ru.json';
import institution from '@/features/institution/i18n/ru.json';
import invitation from '@/features/invitation/i18n/ru.json';
import me from '@/features/me/i18n/ru.json';
import person from '@/features/person/i18n/ru.json';
import problem_report from '@/features/problem_report/i18n/ru.json';
import room from '@/features/room/i18n/ru.json';
import session from '@/features/session/i18n/ru.json';
import shared from '@/shared/i18n/ru.json';

export const texts = { shared, access_log, event, help, home, institution, invitation, me, person, problem_report, room, session };
