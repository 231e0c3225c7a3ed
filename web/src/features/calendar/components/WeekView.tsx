import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { groupByDay } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatSpan, isoDay, sameDay } from '@/shared/lib/dates';
import { Text } from '@/shared/ui';
import classes from './WeekView.module.css';

/** Seven days side by side; one under another on a phone. */
export function WeekView({ days, today, events }: { days: Date[]; today: Date; events: Event[] }) {
  const { t } = useTranslation(['calendar', 'shared']);
  const { language } = useLanguage();
  const byDay = new Map(groupByDay(events).map(({ day, events }) => [isoDay(day), events]));
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <div className={classes.week}>
      {days.map((day) => {
        const here = byDay.get(isoDay(day)) ?? [];
        return (
          <section key={isoDay(day)} className={classes.day} data-today={sameDay(day, today) || undefined}>
            <h2 className={classes.name}>{name.format(day)}</h2>
            {here.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('nothing')}
              </Text>
            )}
            <ul className={classes.events}>
              {here.map((event) => (
                <li key={event.id}>
                  <Link
                    to="/meetings/$eventId"
                    params={{ eventId: event.id }}
                    className={classes.event}
                    data-status={event.status}
                  >
                    <span className={classes.time}>{formatSpan(event.startsAt, event.endsAt, language)}</span>
                    <span className={classes.title}>{event.title}</span>
                    <span className={classes.kind}>
                      {event.association?.name ?? t(`shared:eventKinds.${event.kind}`)}
                      {event.status === 'cancelled' && ` · ${t('shared:event.cancelled')}`}
                      {event.status === 'live' && ` · ${t('shared:event.live')}`}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
