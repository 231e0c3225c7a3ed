/** The Russian texts of all other pages, one namespace per feature. `en.ts` must hold the same. */
import access_log from '@/features/access_log/i18n/ru.json';
import association from '@/features/association/i18n/ru.json';
import calendar from '@/features/calendar/i18n/ru.json';
import certificate from '@/features/certificate/i18n/ru.json';
import deck from '@/features/deck/i18n/ru.json';
import event from '@/features/event/i18n/ru.json';
import help from '@/features/help/i18n/ru.json';
import home from '@/features/home/i18n/ru.json';
import imports from '@/features/import/i18n/ru.json';
import indicator from '@/features/indicator/i18n/ru.json';
import institution from '@/features/institution/i18n/ru.json';
import invitation from '@/features/invitation/i18n/ru.json';
import invitee from '@/features/invitee/i18n/ru.json';
import kit from '@/features/kit/i18n/ru.json';
import letter from '@/features/letter/i18n/ru.json';
import me from '@/features/me/i18n/ru.json';
import minutes from '@/features/minutes/i18n/ru.json';
import notice from '@/features/notice/i18n/ru.json';
import overview from '@/features/overview/i18n/ru.json';
import person from '@/features/person/i18n/ru.json';
import portfolio from '@/features/portfolio/i18n/ru.json';
import presence from '@/features/presence/i18n/ru.json';
import problem_report from '@/features/problem_report/i18n/ru.json';
import position from '@/features/position/i18n/ru.json';
import project from '@/features/project/i18n/ru.json';
import project_paper from '@/features/project_paper/i18n/ru.json';
import registration from '@/features/registration/i18n/ru.json';
import school_class from '@/features/school_class/i18n/ru.json';
import task from '@/features/task/i18n/ru.json';

export const texts = {
  access_log,
  association,
  calendar,
  certificate,
  deck,
  event,
  help,
  home,
  import: imports,
  indicator,
  institution,
  invitation,
  invitee,
  kit,
  letter,
  me,
  minutes,
  notice,
  overview,
  person,
  portfolio,
  presence,
  problem_report,
  position,
  project,
  project_paper,
  registration,
  school_class,
  task,
};
