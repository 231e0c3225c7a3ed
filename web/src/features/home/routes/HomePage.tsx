import { IconCalendarPlus, IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { EventRow, eventsQuery, useStartNow } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { addDays, formatDay } from '@/shared/lib/dates';
import { useToday } from '@/shared/lib/useToday';
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorNotice,
  JoinByCode,
  Page,
  Paper,
  Section,
  Skeleton,
  Text,
  TextLink,
  Title,
} from '@/shared/ui';
import { agendaOf } from './agenda';
import classes from './HomePage.module.css';

/** What is now, what is next, and the three ways into a meeting. */
export function HomePage({ notices, tasks, documents }: { notices?: ReactNode; tasks?: ReactNode; documents?: ReactNode }) {
  const { t } = useTranslation('home');
  const { language } = useLanguage();
  const navigate = useNavigate();
  const me = useMe();
  const today = useToday();
  const events = useQuery(eventsQuery(today, addDays(today, 8)));
  const start = useStartNow();
  const agenda = events.data && agendaOf(events.data.items, today);
  const begin = () =>
    start.mutate(undefined, { onSuccess: (event) => void navigate({ to: '/r/$code', params: { code: event.room.code } }) });

  return (
    <Page title={t('greeting', { name: me.person?.givenName ?? '' })} subtitle={formatDay(today, language)}>
      <div className={classes.columns}>
        <div className={classes.now}>
          <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
          {events.isPending && <Skeleton height={160} />}
          {agenda && agenda.now.length > 0 && (
            <Section title={t('now')}>
              <ul className={classes.list}>
                {agenda.now.map((event) => (
                  <EventRow key={event.id} event={event} today />
                ))}
              </ul>
            </Section>
          )}
        </div>
        <div className={classes.later}>
          {agenda?.empty && (
            <EmptyState
              icon={<IconCalendarPlus size={40} stroke={1.5} />}
              title={t('emptyTitle')}
              text={t('emptyText')}
              action={<ButtonLink to="/meetings/new">{t('plan')}</ButtonLink>}
            />
          )}
          {agenda && !agenda.empty && (
            <Section title={t('today')}>
              {agenda.today.length === 0 ? (
                <Text c="dimmed">{t('todayEmpty')}</Text>
              ) : (
                <ul className={classes.list}>
                  {agenda.today.map((event) => (
                    <EventRow key={event.id} event={event} today />
                  ))}
                </ul>
              )}
            </Section>
          )}
          {agenda && agenda.days.length > 0 && (
            <Section title={t('week')} actions={<TextLink to="/meetings">{t('all')}</TextLink>}>
              {agenda.days.map(({ day, events }) => (
                <div key={day.getTime()} className={classes.day}>
                  <Title order={3}>{formatDay(day, language)}</Title>
                  <ul className={classes.list}>
                    {events.map((event) => (
                      <EventRow key={event.id} event={event} />
                    ))}
                  </ul>
                </div>
              ))}
            </Section>
          )}
        </div>
        <aside className={classes.ways}>
          {notices}
          {tasks}
          <Paper p="lg" className={classes.start}>
            <Button size="lg" fullWidth onClick={begin} loading={start.isPending} leftSection={<IconVideo aria-hidden />}>
              {t('start')}
            </Button>
            <Text size="sm" c="dimmed" mt="xs">
              {t('startHint')}
            </Text>
            <ErrorNotice error={start.error} onRetry={begin} />
            <ButtonLink
              to="/meetings/new"
              variant="default"
              fullWidth
              mt="md"
              leftSection={<IconCalendarPlus size={20} aria-hidden />}
            >
              {t('plan')}
            </ButtonLink>
          </Paper>
          <Paper p="lg">
            <Title order={2} size="h3" mb="sm">
              {t('joinTitle')}
            </Title>
            <JoinByCode />
          </Paper>
          {documents}
        </aside>
      </div>
    </Page>
  );
}
