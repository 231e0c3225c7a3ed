import { IconBroadcast, IconClock, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime, formatSpan, sameDay } from '@/shared/lib/dates';
import { Text, Title } from '@/shared/ui';
import type { RoomCard } from '../call/wire';
import classes from './Room.module.css';

/** What the room is: its title, who hosts it, when, and how many are there. */
export function RoomHead({ card }: { card: RoomCard }) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  const [now] = useState(() => new Date());
  const today = sameDay(new Date(card.startsAt), now);
  const when = today ? formatSpan(card.startsAt, card.endsAt, language) : formatDateTime(card.startsAt, language);
  return (
    <div className={classes.head}>
      <Title order={1}>{card.title}</Title>
      <Text c="dimmed">{t('card.host', { name: card.hostName })}</Text>
      <ul className={classes.facts}>
        {card.status === 'live' ? (
          <li className={classes.liveFact}>
            <IconBroadcast size={18} aria-hidden />
            {t('card.live')}
          </li>
        ) : (
          <li>
            <IconClock size={18} aria-hidden />
            {card.status === 'planned' ? t('card.planned', { when }) : t(`card.${card.status}`)}
          </li>
        )}
        {(card.status === 'live' || card.present > 0) && (
          <li>
            <IconUsers size={18} aria-hidden />
            {card.present > 0 ? t('card.present', { count: card.present }) : t('card.nobody')}
          </li>
        )}
      </ul>
    </div>
  );
}
