/** The English texts of all other pages: see `ru.ts`. */
import access_log from '@/features/access_log/i18n/en.json';
import association from '@/features/association/i18n/en.json';
import calendar from '@/features/calendar/i18n/en.json';
import certificate from '@/features/certificate/i18n/en.json';
import deck from '@/features/deck/i18n/en.json';
import event from '@/features/event/i18n/en.json';
import help from '@/features/help/i18n/en.json';
import home from '@/features/home/i18n/en.json';
import imports from '@/features/import/i18n/en.json';
import indicator from '@/features/indicator/i18n/en.json';
import institution from '@/features/institution/i18n/en.json';
import invitation from '@/features/invitation/i18n/en.json';
import invitee from '@/features/invitee/i18n/en.json';
import kit from '@/features/kit/i18n/en.json';
import letter from '@/features/letter/i18n/en.json';
import me from '@/features/me/i18n/en.json';
import minutes from '@/features/minutes/i18n/en.json';
import notice from '@/features/notice/i18n/en.json';
import overview from '@/features/overview/i18n/en.json';
import person from '@/features/person/i18n/en.json';
import portfolio from '@/features/portfolio/i18n/en.json';
import presence from '@/features/presence/i18n/en.json';
import problem_report from '@/features/problem_report/i18n/en.json';
import position from '@/features/position/i18n/en.json';
import project from '@/features/project/i18n/en.json';
import project_paper from '@/features/project_paper/i18n/en.json';
import registration from '@/features/registration/i18n/en.json';
import school_class from '@/features/school_class/i18n/en.json';
import task from '@/features/task/i18n/en.json';

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
