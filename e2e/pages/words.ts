import event from '../../web/src/features/event/i18n/ru.json' with { type: 'json' };
import home from '../../web/src/features/home/i18n/ru.json' with { type: 'json' };
import institution from '../../web/src/features/institution/i18n/ru.json' with { type: 'json' };
import invitation from '../../web/src/features/invitation/i18n/ru.json' with { type: 'json' };
import me from '../../web/src/features/me/i18n/ru.json' with { type: 'json' };
import person from '../../web/src/features/person/i18n/ru.json' with { type: 'json' };
import room from '../../web/src/features/room/i18n/ru.json' with { type: 'json' };
import session from '../../web/src/features/session/i18n/ru.json' with { type: 'json' };
import shared from '../../web/src/shared/i18n/ru.json' with { type: 'json' };

/** The client's own Russian texts: a scenario names a button as the page does, and a removed text fails to compile. */
export const words = { shared, event, home, institution, invitation, me, person, room, session };

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
