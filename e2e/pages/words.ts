import access_log from '../../web/src/features/access_log/i18n/ru.json' with { type: 'json' };
import association from '../../web/src/features/association/i18n/ru.json' with { type: 'json' };
import calendar from '../../web/src/features/calendar/i18n/ru.json' with { type: 'json' };
import certificate from '../../web/src/features/certificate/i18n/ru.json' with { type: 'json' };
import deck from '../../web/src/features/deck/i18n/ru.json' with { type: 'json' };
import event from '../../web/src/features/event/i18n/ru.json' with { type: 'json' };
import help from '../../web/src/features/help/i18n/ru.json' with { type: 'json' };
import home from '../../web/src/features/home/i18n/ru.json' with { type: 'json' };
import imports from '../../web/src/features/import/i18n/ru.json' with { type: 'json' };
import indicator from '../../web/src/features/indicator/i18n/ru.json' with { type: 'json' };
import institution from '../../web/src/features/institution/i18n/ru.json' with { type: 'json' };
import invitation from '../../web/src/features/invitation/i18n/ru.json' with { type: 'json' };
import invitee from '../../web/src/features/invitee/i18n/ru.json' with { type: 'json' };
import kit from '../../web/src/features/kit/i18n/ru.json' with { type: 'json' };
import letter from '../../web/src/features/letter/i18n/ru.json' with { type: 'json' };
import me from '../../web/src/features/me/i18n/ru.json' with { type: 'json' };
import minutes from '../../web/src/features/minutes/i18n/ru.json' with { type: 'json' };
import notice from '../../web/src/features/notice/i18n/ru.json' with { type: 'json' };
import overview from '../../web/src/features/overview/i18n/ru.json' with { type: 'json' };
import person from '../../web/src/features/person/i18n/ru.json' with { type: 'json' };
import position from '../../web/src/features/position/i18n/ru.json' with { type: 'json' };
import portfolio from '../../web/src/features/portfolio/i18n/ru.json' with { type: 'json' };
import presence from '../../web/src/features/presence/i18n/ru.json' with { type: 'json' };
import project from '../../web/src/features/project/i18n/ru.json' with { type: 'json' };
import registration from '../../web/src/features/registration/i18n/ru.json' with { type: 'json' };
import room from '../../web/src/features/room/i18n/ru.json' with { type: 'json' };
import school_class from '../../web/src/features/school_class/i18n/ru.json' with { type: 'json' };
import session from '../../web/src/features/session/i18n/ru.json' with { type: 'json' };
import task from '../../web/src/features/task/i18n/ru.json' with { type: 'json' };
import shared from '../../web/src/shared/i18n/ru.json' with { type: 'json' };

/** The client's own Russian texts: a scenario names a button as the page does, and a removed text fails to compile. */
export const words = {
  shared,
  access_log,
  association,
  calendar,
  certificate,
  deck,
  event,
  help,
  home,
  imports,
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
  position,
  portfolio,
  presence,
  project,
  registration,
  room,
  school_class,
  session,
  task,
};

/** A text with its `{{places}}` filled. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The text with what regular expressions read otherwise taken literally. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A text with places, as a pattern that matches whatever stands in them. */
export function pattern(text: string): RegExp {
  return new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map(escaped)
      .join('.+'),
  );
}
