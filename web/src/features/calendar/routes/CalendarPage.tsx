import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { addDays, formatDate, isoDay } from '@/shared/lib/dates';
import { useToday } from '@/shared/lib/useToday';
import { ActionIcon, Button, ButtonLink, ErrorNotice, Group, Page, SegmentedControl, Skeleton, Title } from '@/shared/ui';
import { calendarQuery } from '../api/calendar';
import { CalendarFilters } from '../components/CalendarFilters';
import { FeedButton } from '../components/FeedButton';
import { ListView } from '../components/ListView';
import { MonthView } from '../components/MonthView';
import { daysOf, spanOf, step } from '../components/span';
import { WeekView } from '../components/WeekView';
import type { CalendarSearch, CalendarView } from './search';

/** What takes place in the city: by month, week or day after day. */
export function CalendarPage() {
  const { t } = useTranslation(['calendar', 'shared']);
  const { language } = useLanguage();
  const search = useSearch({ from: '/shell/signed/calendar' });
  const navigate = useNavigate({ from: '/calendar' });
  const today = useToday();
  const view: CalendarView = search.view ?? 'month';
  const day = search.day ? new Date(`${search.day}T00:00:00`) : today;
  const span = spanOf(view, day);
  const calendar = useQuery(calendarQuery(span.from, span.to, search));
  const events = calendar.data?.items ?? [];
  const go = (change: Partial<CalendarSearch>, replace = true) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace });
  const name =
    view === 'month'
      ? capital(new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' }).format(day))
      : `${formatDate(span.from, language)} – ${formatDate(addDays(span.to, -1), language)}`;

  return (
    <Page
      title={t('title')}
      actions={
        <>
          <FeedButton associationId={search.associationId} />
          <ButtonLink to="/meetings/new" leftSection={<IconCalendarPlus size={20} aria-hidden />}>
            {t('plan')}
          </ButtonLink>
        </>
      }
    >
      <CalendarFilters search={search} subjects={calendar.data?.subjects ?? []} onNarrow={go} />
      <Group justify="space-between" mb="md" gap="sm">
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('earlier')}
            onClick={() => go({ day: isoDay(step(view, day, -1)) })}
          >
            <IconChevronLeft size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={t('later')} onClick={() => go({ day: isoDay(step(view, day, 1)) })}>
            <IconChevronRight size={20} aria-hidden />
          </ActionIcon>
          <Button variant="default" onClick={() => go({ day: undefined })}>
            {t('today')}
          </Button>
          <Title order={2} size="h3" aria-live="polite">
            {name}
          </Title>
        </Group>
        <SegmentedControl
          value={view}
          onChange={(next) => go({ view: next === 'week' || next === 'list' ? next : undefined }, false)}
          data={(['month', 'week', 'list'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
          aria-label={t('view')}
        />
      </Group>
      <ErrorNotice error={calendar.error} onRetry={() => void calendar.refetch()} />
      {calendar.isPending && <Skeleton height={480} />}
      {calendar.data && view === 'month' && (
        <MonthView days={daysOf(span)} month={day} today={today} events={events} search={search} />
      )}
      {calendar.data && view === 'week' && <WeekView days={daysOf(span)} today={today} events={events} />}
      {calendar.data && view === 'list' && <ListView events={events} today={today} />}
    </Page>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
