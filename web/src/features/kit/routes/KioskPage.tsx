import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { KitCode, kitTodayQuery } from '@/shared/kit';
import { formatDay, formatTime } from '@/shared/lib/dates';
import { ErrorNotice, useTitle } from '@/shared/ui';
import { Pairing } from '../components/Pairing';
import { nearest } from '../components/nearest';
import classes from './Kiosk.module.css';

/** `/kit`: the screen of a room. Today's events, one touch to join, nothing to type. */
export function KioskPage() {
  const { t } = useTranslation('kit');
  useTitle(t('kiosk.title'));
  const me = useMe();
  return <main className={classes.kiosk}>{me.kit ? <Today /> : <Pairing me={me} />}</main>;
}

function Today() {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const now = useNow();
  const today = useQuery(kitTodayQuery);
  const events = today.data?.items ?? [];
  const next = nearest(events, now);
  const later = events.filter((event) => event !== next);
  return (
    <>
      <header className={classes.head}>
        <p>
          {[today.data?.name, today.data?.place, today.data?.institutionName].filter(Boolean).join(' · ')}
          <span className={classes.day}>{formatDay(now, language)}</span>
        </p>
        <time className={classes.clock}>{formatTime(now, language)}</time>
      </header>
      <ErrorNotice error={today.error} onRetry={() => void today.refetch()} />
      {today.data && !next && (
        <section className={classes.calm}>
          <h1>{t('kiosk.none')}</h1>
          <p>{t('kiosk.noneText')}</p>
        </section>
      )}
      {next && (
        <section className={classes.next} aria-label={next.title}>
          <div className={classes.what}>
            <p className={classes.time} data-live={next.status === 'live' || undefined}>
              {next.status === 'live' ? t('kiosk.live') : `${formatTime(next.startsAt, language)}–${formatTime(next.endsAt, language)}`}
            </p>
            <h1>{next.title}</h1>
            <Link to="/r/$code" params={{ code: next.roomCode }} className={classes.join} data-testid="kit-join">
              {t('kiosk.join')}
            </Link>
          </div>
          <KitCode eventId={next.id} />
        </section>
      )}
      {later.length > 0 && (
        <ul className={classes.later} aria-label={t('kiosk.later')}>
          {later.map((event) => (
            <li key={event.id}>
              <span className={classes.time}>{formatTime(event.startsAt, language)}</span>
              <span className={classes.title}>{event.title}</span>
              <Link to="/r/$code" params={{ code: event.roomCode }} className={classes.small} aria-label={`${t('kiosk.join')}: ${event.title}`}>
                {t('kiosk.join')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
