import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventRow } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatDay } from '@/shared/lib/dates';
import { ActionIcon, Alert, ButtonLink, EmptyState, ErrorNotice, Group, Progress, Section, Skeleton, Stack, Text, Title } from '@/shared/ui';
import { yearQuery } from '../api/associations';
import classes from './YearPlan.module.css';
import { schoolYear } from './schoolYear';

/** The plan of a school year, and whether it holds as many meetings as are expected. */
export function YearPlan({ associationId, mayLead }: { associationId: string; mayLead: boolean }) {
  const { t } = useTranslation(['association', 'shared']);
  const { language } = useLanguage();
  const [year, setYear] = useState(() => schoolYear(new Date()));
  const plan = useQuery({ ...yearQuery(associationId, year), placeholderData: keepPreviousData });
  const data = plan.data;
  const add = mayLead && (
    <ButtonLink
      to="/meetings/new"
      search={{ associationId }}
      leftSection={<IconCalendarPlus size={20} aria-hidden />}
    >
      {t('year.add')}
    </ButtonLink>
  );
  return (
    <Section title={t('year.title')} actions={add}>
      <Stack>
        <Group gap="xs">
          <ActionIcon variant="default" size="lg" aria-label={t('year.earlier')} onClick={() => setYear(year - 1)}>
            <IconChevronLeft size={20} aria-hidden />
          </ActionIcon>
          <Title order={3} aria-live="polite">
            {t('year.name', { from: year, to: year + 1 })}
          </Title>
          <ActionIcon variant="default" size="lg" aria-label={t('year.later')} onClick={() => setYear(year + 1)}>
            <IconChevronRight size={20} aria-hidden />
          </ActionIcon>
        </Group>
        <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />
        {!data && !plan.error && <Skeleton height={160} />}
        {data && (
          <>
            <Alert color={data.isEnough ? 'teal' : 'yellow'} role="status">
              <Stack gap="xs">
                <Text>
                  {t(data.isEnough ? 'year.enough' : data.isPlanned ? 'year.toMinute' : 'year.tooFew', {
                    planned: data.planned,
                    required: data.required,
                    held: data.held,
                    minuted: data.minuted,
                  })}
                </Text>
                <Progress
                  value={Math.min(100, (100 * data.minuted) / data.required)}
                  color={data.isEnough ? 'teal' : 'yellow'}
                  aria-label={t('year.progress', { minuted: data.minuted, required: data.required })}
                />
              </Stack>
            </Alert>
            {data.events.length === 0 && (
              <EmptyState icon={<IconCalendarPlus size={40} stroke={1.5} />} title={t('year.empty')} action={add} />
            )}
            <ol className={classes.plan}>
              {data.events.map((event) => (
                <li key={event.id}>
                  <Text size="sm" c="dimmed" mb={4}>
                    {formatDay(event.startsAt, language)}
                  </Text>
                  <ul className={classes.plan}>
                    <EventRow event={event} />
                  </ul>
                </li>
              ))}
            </ol>
          </>
        )}
      </Stack>
    </Section>
  );
}
