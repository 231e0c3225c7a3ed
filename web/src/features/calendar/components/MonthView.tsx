import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { groupByDay } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatDay, formatTime, isoDay, sameDay } from '@/shared/lib/dates';
import { VisuallyHidden } from '@/shared/ui';
import type { CalendarSearch } from '../routes/search';
import classes from './MonthView.module.css';

/** Most meetings that a day's box shows by name; the rest stand behind a link to the day. */
const shown = 3;

type Props = { days: Date[]; month: Date; today: Date; events: Event[]; search: CalendarSearch };

/** Weeks of a month. On a phone a day shows how many meetings it has, and opens them. */
export function MonthView({ days, month, today, events, search }: Props) {
  const { t } = useTranslation(['calendar', 'shared']);
  const { language } = useLanguage();
  const byDay = new Map(groupByDay(events).map(({ day, events }) => [isoDay(day), events]));
  const names = days.slice(0, 7);
  return (
    <div className={classes.month}>
      <div className={classes.names} aria-hidden>
        {names.map((day) => (
          <span key={day.getDay()}>{new Intl.DateTimeFormat(language, { weekday: 'short' }).format(day)}</span>
        ))}
      </div>
      <ol className={classes.days}>
        {days.map((day) => {
          const key = isoDay(day);
          const here = byDay.get(key) ?? [];
          return (
            <li
              key={key}
              className={classes.day}
              data-outside={day.getMonth() !== month.getMonth() || undefined}
              data-today={sameDay(day, today) || undefined}
            >
              <Link
                to="/calendar"
                search={{ ...search, view: 'list', day: key }}
                className={classes.number}
                aria-label={`${formatDay(day, language)}: ${t('count', { count: here.length })}`}
              >
                {day.getDate()}
              </Link>
              {here.length > 0 && (
                <span className={classes.count} aria-hidden>
                  {here.length}
                </span>
              )}
              <ul className={classes.events}>
                {here.slice(0, shown).map((event) => (
                  <li key={event.id}>
                    <Link
                      to="/meetings/$eventId"
                      params={{ eventId: event.id }}
                      className={classes.event}
                      data-status={event.status}
                      title={event.title}
                    >
                      <span className={classes.time}>{formatTime(event.startsAt, language)}</span> {event.title}
                      {event.status === 'cancelled' && <VisuallyHidden> {t('shared:event.cancelled')}</VisuallyHidden>}
                    </Link>
                  </li>
                ))}
                {here.length > shown && (
                  <li>
                    <Link to="/calendar" search={{ ...search, view: 'list', day: key }} className={classes.more}>
                      {t('more', { count: here.length - shown })}
                    </Link>
                  </li>
                )}
              </ul>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
