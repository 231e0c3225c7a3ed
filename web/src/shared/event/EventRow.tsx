import { Badge, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { ButtonLink } from '@/shared/ui/ButtonLink';
import classes from './EventRow.module.css';
import { isOver } from './order';

/** One meeting in a list: when, what, whose, and the way in. */
export function EventRow({ event, today = false }: { event: Event; today?: boolean }) {
  const { t } = useTranslation('shared');
  const { language } = useLanguage();
  const live = event.status === 'live';
  const over = isOver(event);
  return (
    <li className={classes.row} data-live={live || undefined} data-over={over || undefined}>
      <div className={classes.time}>
        <Text component="span" fw={600} size="lg">
          {formatTime(event.startsAt, language)}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {formatTime(event.endsAt, language)}
        </Text>
      </div>
      <div className={classes.what}>
        {live && (
          <Badge color="live" variant="light" className={classes.live}>
            {t('event.live')}
          </Badge>
        )}
        <Link to="/meetings/$eventId" params={{ eventId: event.id }} className={classes.title}>
          {event.title}
        </Link>
        <Text size="sm" c="dimmed">
          {t(`eventKinds.${event.kind}`)}
          {' · '}
          {event.iAmHost ? t('event.mine') : t('event.organiser', { name: event.organiser.name })}
          {event.status === 'cancelled' && ` · ${t('event.cancelled')}`}
          {event.status === 'ended' && ` · ${t('event.ended')}`}
        </Text>
      </div>
      {!over && (live || today) && (
        <ButtonLink
          to="/r/$code"
          params={{ code: event.room.code }}
          className={classes.join}
          variant={live ? 'filled' : 'default'}
          color={live ? 'live' : undefined}
          size={live ? 'xl' : 'md'}
          aria-label={`${t('event.join')}: ${event.title}`}
        >
          {t('event.join')}
        </ButtonLink>
      )}
    </li>
  );
}
