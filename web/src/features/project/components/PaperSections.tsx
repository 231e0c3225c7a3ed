import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatMoney, formatValue } from '@/shared/lib/figures';
import { Facts, Paper, Text, Title } from '@/shared/ui';
import type { PaperDraft } from './paper';
import { formatIsoDay, formatMonth } from './words';

const sections = [
  'participants',
  'municipalProgrammes',
  'regionalPriorityProjects',
  'results',
  'indicators',
  'funding',
  'stages',
  'risks',
] as const;

/** What was understood of a paper, section by section; what it does not say is said to be missing, never filled in. */
export function PaperSections({ draft }: { draft: PaperDraft }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const missing = (
    <Text span c="dimmed" fs="italic">
      {t('reading.missing')}
    </Text>
  );
  const or = (value: ReactNode) => (value === null || value === '' ? missing : value);
  const month = (value: string | null) => or(value && formatMonth(value, language));
  const list = (rows: { key: string | number; words: ReactNode }[]) => (
    <ul>
      {rows.map(({ key, words }) => (
        <li key={key}>{words}</li>
      ))}
    </ul>
  );
  // «None» is what a paper usually says of regional projects.
  const empty = sections.filter((name) => name !== 'regionalPriorityProjects' && draft[name].length === 0);
  const part = (name: (typeof sections)[number], children: ReactNode) =>
    draft[name].length > 0 && <Part title={t(`fields.${name}`)}>{children}</Part>;
  const lines = (texts: string[]) => list(texts.map((text) => ({ key: text, words: text })));
  return (
    <>
      <Part title={t('edit.main')}>
        <Facts
          facts={[
            [t('fields.title'), or(draft.title)],
            [t('fields.goal'), or(draft.goal)],
            [t('fields.start'), month(draft.start)],
            [t('fields.end'), month(draft.end)],
            [t('fields.body'), or(draft.approval.body)],
            [t('fields.date'), or(draft.approval.date && formatIsoDay(draft.approval.date, language))],
            [t('fields.minutesNumber'), or(draft.approval.minutesNumber)],
            [t('fields.head'), or(draft.head)],
            [t('fields.responsibleExecutor'), or(draft.responsibleExecutor)],
          ]}
        />
      </Part>
      {part(
        'participants',
        list(
          draft.participants.map(({ position, organisation, part }) => ({
            key: `${position} ${organisation}`,
            words: (
              <>
                {[position, organisation].filter(Boolean).join(', ')} ({part === null ? missing : t(`passport.parts.${part}`)})
              </>
            ),
          })),
        ),
      )}
      {part('municipalProgrammes', lines(draft.municipalProgrammes))}
      {part('regionalPriorityProjects', lines(draft.regionalPriorityProjects))}
      {part('results', list(draft.results.map(({ number, text }) => ({ key: number, words: `${number}. ${text}` }))))}
      {part(
        'indicators',
        list(
          draft.indicators.map(({ ordinal, name, unit, baseYear, baseValue, plan }) => ({
            key: ordinal,
            words: (
              <>
                {ordinal}. {name}
                <Text size="sm" c="dimmed">
                  {t('fields.unit')}: {unit === null ? missing : t(`edit.units.${unit}`)}; {t('fields.baseYear')}: {or(baseYear)};{' '}
                  {t('fields.baseValue')}: {baseValue === null ? missing : formatValue(baseValue, unit ?? 'count', language)}
                </Text>
                <Text size="sm" c="dimmed">
                  {plan
                    .map(({ year, quarter, value }) =>
                      t('passport.planLine', { quarter, year, value: formatValue(value ?? null, unit ?? 'count', language) }),
                    )
                    .join('; ')}
                </Text>
              </>
            ),
          })),
        ),
      )}
      {part(
        'funding',
        list(
          draft.funding.map(({ source, year, planKopecks }) => ({
            key: `${source} ${year}`,
            words: `${t(`sources.${source}`)}, ${year}: ${formatMoney(planKopecks, language)}`,
          })),
        ),
      )}
      {part(
        'stages',
        list(
          draft.stages.map(({ number, name, checkpoints }) => ({
            key: number,
            words: (
              <>
                {number}. {name}
                {list(
                  checkpoints.map((point) => ({
                    key: point.number,
                    words: (
                      <>
                        {point.number} {point.name}: {month(point.start)} – {month(point.end)}
                      </>
                    ),
                  })),
                )}
              </>
            ),
          })),
        ),
      )}
      {part(
        'risks',
        list(
          draft.risks.map(({ number, name, measure }) => ({
            key: number,
            words: (
              <>
                {number}. {name}. {t('fields.measure')}: {or(measure)}
              </>
            ),
          })),
        ),
      )}
      {empty.length > 0 && (
        <Text c="dimmed">{t('reading.notFound', { sections: empty.map((name) => t(`fields.${name}`)).join(', ') })}</Text>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
