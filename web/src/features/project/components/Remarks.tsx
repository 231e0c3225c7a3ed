import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeriodRemark, Project, RemarkSubject } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { Button, ErrorNotice, Group, NativeSelect, Paper, Section, Skeleton, Stack, Text } from '@/shared/ui';
import { remarksQuery } from '../api/project';
import classes from './Remarks.module.css';
import { begunPeriods, standingOf } from './periods';
import { RemarkDialog } from './RemarkDialog';

/** What the report of a quarter says beside its figures; a month's report takes it from its quarter. */
export function Remarks({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const begun = begunPeriods(project);
  const [chosen, setChosen] = useState(begun.length - 1);
  const period = begun[chosen];
  if (!period) return null;
  return (
    <Section title={t('remarks.title')}>
      <Stack gap="sm">
        <Text c="dimmed">{t('remarks.text')}</Text>
        <NativeSelect
          label={t('remarks.period')}
          maw={320}
          value={chosen}
          data={begun.map(({ year, quarter }, place) => ({ value: String(place), label: t('figures.quarterOf', { quarter, year }) }))}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
        <OfPeriod key={chosen} project={project} period={period} />
      </Stack>
    </Section>
  );
}

function OfPeriod({ project, period }: { project: Project; period: Project['periods'][number] }) {
  const { t } = useTranslation('project');
  const list = useQuery(remarksQuery(period.year, period.quarter));
  const [opened, setOpened] = useState<PeriodRemark | null>(null);
  if (list.isPending) return <Skeleton height={160} />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const writes = project.may.execute && project.takesFacts && (period.revision === 0 || project.may.sign);
  const shown = list.data.items.filter((one) => writes || isWritten(one) || one.computedForecast !== null);
  if (shown.length === 0) return <Text>{t('remarks.none')}</Text>;
  return (
    <Paper px="md">
      {shown.map((one) => (
        <RemarkCard
          key={JSON.stringify(one.subject)}
          project={project}
          period={period}
          remark={one}
          onOpen={writes ? () => setOpened(one) : undefined}
        />
      ))}
      {opened && (
        <RemarkDialog
          title={subjectWords(project, opened.subject, t('sections.budget'))}
          period={period}
          remark={opened}
          computed={computedWords(opened)}
          onClose={() => setOpened(null)}
        />
      )}
    </Paper>
  );

  function computedWords({ subject, computedForecast }: PeriodRemark) {
    return computedForecast === null ? null : <Computed project={project} subject={subject} year={period.year} value={computedForecast} />;
  }
}

function RemarkCard({
  project,
  period,
  remark,
  onOpen,
}: {
  project: Project;
  period: Project['periods'][number];
  remark: PeriodRemark;
  onOpen: (() => void) | undefined;
}) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const { subject, cause, correctiveAction, forecast, computedForecast } = remark;
  const title = subjectWords(project, subject, t('sections.budget'));
  const standing = subject.kind === 'indicator' ? standingOf(project, subject.ordinal, period) : undefined;
  const unit = subject.kind === 'indicator' ? project.passport.indicators.find(({ ordinal }) => ordinal === subject.ordinal)?.unit : undefined;
  const line = (label: string, text: string) => text !== '' && <Text>{`${label}: ${text}`}</Text>;
  return (
    <article className={classes.remark} aria-label={title}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text fw={600} flex="1 1 240px">
          {title}
        </Text>
        {onOpen && (
          <Button size="xs" variant="default" onClick={onOpen} aria-label={t(isWritten(remark) ? 'remarks.editOf' : 'remarks.writeOf', { title })}>
            {t(isWritten(remark) ? 'remarks.edit' : 'remarks.write')}
          </Button>
        )}
      </Group>
      {standing && unit && (
        <Text size="sm" c="dimmed">
          {t('remarks.figures', {
            plan: formatValue(standing.plan, unit, language),
            fact: formatValue(standing.fact, unit, language),
            deviation: formatValue(standing.deviation, unit, language),
          })}
        </Text>
      )}
      {line(t('remarks.cause'), cause)}
      {line(t('remarks.action'), correctiveAction)}
      {line(t('remarks.forecast'), forecast)}
      {forecast === '' && computedForecast !== null && <Computed project={project} subject={subject} year={period.year} value={computedForecast} />}
    </article>
  );
}

function Computed({ project, subject, year, value }: { project: Project; subject: RemarkSubject; year: number; value: number }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const unit = project.passport.indicators.find(({ ordinal }) => subject.kind === 'indicator' && ordinal === subject.ordinal)?.unit ?? 'count';
  return <Text size="sm">{t('remarks.computed', { value: formatValue(value, unit, language), year })}</Text>;
}

function isWritten({ cause, correctiveAction, forecast }: PeriodRemark): boolean {
  return cause + correctiveAction + forecast !== '';
}

function subjectWords({ passport }: Project, subject: RemarkSubject, budget: string): string {
  switch (subject.kind) {
    case 'indicator':
      return `${subject.ordinal}. ${passport.indicators.find(({ ordinal }) => ordinal === subject.ordinal)?.name ?? ''}`;
    case 'checkpoint': {
      const points = passport.stages.flatMap(({ checkpoints }) => checkpoints);
      return `${subject.number} ${points.find(({ number }) => number === subject.number)?.name ?? ''}`;
    }
    case 'budget':
      return budget;
  }
}
