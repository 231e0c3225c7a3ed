import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project, ProjectEvidence } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ErrorNotice, FileButton, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea, toast } from '@/shared/ui';
import { eventsQuery, useAddDocument, useAddEvidence, type Proves } from '../api/project';
import { monthAt, monthIndex, type Term } from './months';

type Kind = ProjectEvidence['kind'];

type Props = {
  project: Project;
  proves: Proves;
  kinds: readonly [Kind, ...Kind[]];
  /** The months whose events are offered. */
  span: Term;
};

/** Adds what proves something: from the platform where it is there, else a document or words. */
export function AddEvidence({ project, proves, kinds, span }: Props) {
  const { t } = useTranslation('project');
  const [kind, setKind] = useState<Kind>(kinds[0]);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('evidence.kind')}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={kinds.map((value) => ({ value, label: t(`evidence.kinds.${value}`) }))}
      />
      {kind === 'event' && <EventEvidence proves={proves} span={span} />}
      {kind === 'document' && <DocumentEvidence proves={proves} />}
      {kind === 'indicator' && <IndicatorEvidence project={project} proves={proves} />}
      {kind === 'text' && <TextEvidence proves={proves} />}
    </Stack>
  );
}

function EventEvidence({ proves, span }: { proves: Proves; span: Term }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const add = useAddEvidence();
  const [chosen, setChosen] = useState('');
  const [year, month] = span.start.split('-').map(Number);
  const [endYear, endMonth] = monthAt(monthIndex(span.end) + 1).split('-').map(Number);
  const events = useQuery(eventsQuery(new Date(year ?? 0, (month ?? 1) - 1, 1), new Date(endYear ?? 0, (endMonth ?? 1) - 1, 1)));
  const held = events.data?.items.filter(({ status }) => status === 'ended') ?? [];
  if (events.data && held.length === 0) return <Text c="dimmed">{t('evidence.noEvents')}</Text>;
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('evidence.event')}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: t('evidence.choose') },
          ...held.map(({ id, title, startsAt }) => ({ value: id, label: `${formatDate(startsAt, language)}: ${title}` })),
        ]}
      />
      <ErrorNotice error={add.error ?? events.error} />
      <Group>
        <Button
          variant="default"
          disabled={chosen === ''}
          loading={add.isPending}
          onClick={() =>
            add.mutate(
              { proves, body: { kind: 'event', eventId: chosen } },
              {
                onSuccess: () => {
                  toast(t('evidence.added'));
                  setChosen('');
                },
              },
            )
          }
        >
          {t('evidence.add')}
        </Button>
      </Group>
    </Stack>
  );
}

function DocumentEvidence({ proves }: { proves: Proves }) {
  const { t } = useTranslation('project');
  const add = useAddDocument();
  return (
    <Stack gap="sm">
      <ErrorNotice error={add.error} />
      <Group>
        <FileButton
          onChange={(file) => {
            if (file) add.mutate({ proves, file }, { onSuccess: () => toast(t('evidence.added')) });
          }}
        >
          {(props) => (
            <Button {...props} variant="default" loading={add.isPending}>
              {t('evidence.upload')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}

function IndicatorEvidence({ project, proves }: { project: Project; proves: Proves }) {
  const { t } = useTranslation('project');
  const add = useAddEvidence();
  const reached = project.indicators.flatMap(({ ordinal, quarters }) =>
    quarters.filter(({ light }) => light === 'green').map(({ year, quarter }) => ({ indicator: ordinal, year, quarter })),
  );
  if (reached.length === 0) return <Text c="dimmed">{t('evidence.noIndicators')}</Text>;
  return (
    <Stack gap="sm">
      <ErrorNotice error={add.error} />
      <Group gap="xs">
        {reached.map((one) => (
          <Button
            key={`${one.indicator} ${one.year} ${one.quarter}`}
            variant="default"
            size="sm"
            disabled={add.isPending}
            onClick={() => add.mutate({ proves, body: { kind: 'indicator', ...one } }, { onSuccess: () => toast(t('evidence.added')) })}
          >
            {t('evidence.indicatorLine', one)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

function TextEvidence({ proves }: { proves: Proves }) {
  const { t } = useTranslation('project');
  const add = useAddEvidence();
  const [text, setText] = useState('');
  return (
    <Stack gap="sm">
      <Textarea label={t('evidence.text')} autosize minRows={2} maxLength={1000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <ErrorNotice error={add.error} />
      <Group>
        <Button
          variant="default"
          disabled={text.trim() === ''}
          loading={add.isPending}
          onClick={() =>
            add.mutate(
              { proves, body: { kind: 'text', text } },
              {
                onSuccess: () => {
                  toast(t('evidence.added'));
                  setText('');
                },
              },
            )
          }
        >
          {t('evidence.add')}
        </Button>
      </Group>
    </Stack>
  );
}
