import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventRow, eventsQuery, groupByDay } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { addDays, formatDay, sameDay } from '@/shared/lib/dates';
import { useToday } from '@/shared/lib/useToday';
import { ButtonLink, EmptyState, ErrorNotice, Page, SegmentedControl, Skeleton, Title } from '@/shared/ui';
import classes from './EventsPage.module.css';

type Side = 'coming' | 'past';

/** All my meetings: two months ahead, or two months back. */
export function EventsPage() {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const [side, setSide] = useState<Side>('coming');
  const today = useToday();
  const events = useQuery(side === 'coming' ? eventsQuery(today, addDays(today, 62)) : eventsQuery(addDays(today, -62), today));
  const days = events.data && groupByDay(events.data.items);
  if (side === 'past') days?.reverse();

  return (
    <Page
      title={t('title')}
      narrow
      actions={
        <ButtonLink to="/meetings/new" leftSection={<IconCalendarPlus size={20} aria-hidden />}>
          {t('plan')}
        </ButtonLink>
      }
    >
      <SegmentedControl
        value={side}
        onChange={(value) => setSide(value === 'past' ? 'past' : 'coming')}
        data={[
          { value: 'coming', label: t('coming') },
          { value: 'past', label: t('past') },
        ]}
        mb="lg"
        aria-label={t('title')}
      />
      <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
      {events.isPending && <Skeleton height={200} />}
      {days?.length === 0 && (
        <EmptyState
          icon={<IconCalendarPlus size={40} stroke={1.5} />}
          title={t(side === 'coming' ? 'noneComing' : 'nonePast')}
          action={side === 'coming' && <ButtonLink to="/meetings/new">{t('plan')}</ButtonLink>}
        />
      )}
      {days?.map(({ day, events }) => (
        <section key={day.getTime()} className={classes.day}>
          <Title order={2} size="h3" mb="xs">
            {sameDay(day, today) ? t('shared:event.today') : formatDay(day, language)}
          </Title>
          <ul className={classes.list}>
            {events.map((event) => (
              <EventRow key={event.id} event={event} today={sameDay(day, today)} />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
