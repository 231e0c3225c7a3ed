import { IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { EventRow, groupByDay } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatDay, sameDay } from '@/shared/lib/dates';
import { EmptyState, Stack, Title } from '@/shared/ui';
import classes from './ListView.module.css';

/** Days one under another, those without meetings left out. */
export function ListView({ events, today }: { events: Event[]; today: Date }) {
  const { t } = useTranslation(['calendar', 'shared']);
  const { language } = useLanguage();
  const days = groupByDay(events);
  if (days.length === 0) {
    return <EmptyState icon={<IconCalendarOff size={40} stroke={1.5} />} title={t('empty')} text={t('emptyHint')} />;
  }
  return (
    <Stack gap="lg">
      {days.map(({ day, events: here }) => (
        <section key={day.getTime()}>
          <Title order={2} size="h3" mb="xs">
            {sameDay(day, today) ? t('shared:event.today') : formatDay(day, language)}
          </Title>
          <ul className={classes.list}>
            {here.map((event) => (
              <EventRow key={event.id} event={event} today={sameDay(day, today)} />
            ))}
          </ul>
        </section>
      ))}
    </Stack>
  );
}
