/** Every English text, one namespace per feature. */
import access_log from '@/features/access_log/i18n/en.json';
import event from '@/features/event/i18n/en.json';
import help from '@/features/help/i18n/en.json';
import home from '@/features/home/i18n/en.json';
import institution from '@/features/institution/i18n/en.json';
import invitation from '@/features/invitation/i18n/en.json';
import me from '@/features/me/i18n/en.json';
import person from '@/features/person/i18n/en.json';
import problem_report from '@/features/problem_report/i18n/en.json';
import room from '@/features/room/i18n/en.json';
import session from '@/features/session/i18n/en.json';
import shared from '@/shared/i18n/en.json';

export const texts = { shared, access_log, event, help, home, institution, invitation, me, person, problem_report, room, session };
