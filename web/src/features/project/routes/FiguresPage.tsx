import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassportIndicator, Project, QuarterStanding } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { Button, Section, Stack, Table, Text } from '@/shared/ui';
import { EnterValue } from '../components/EnterValue';
import { EvidenceList } from '../components/EvidenceList';
import { Frame } from '../components/Frame';
import { LightBadge } from '../components/LightBadge';
import { Periods } from '../components/Periods';
import { Remarks } from '../components/Remarks';
import classes from '../components/tables.module.css';
import { Wide } from '../components/Wide';

type Opened = { indicator: PassportIndicator; quarter: QuarterStanding };

/** Plan and fact of every indicator by quarter, and the periods that are signed off. */
export function FiguresPage() {
  return <Frame section="figures">{(project) => <Figures project={project} />}</Frame>;
}

function Figures({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <Stack>
      {project.passport.indicators.map((indicator) => (
        <Section key={indicator.ordinal} title={`${indicator.ordinal}. ${indicator.name}`}>
          <IndicatorTable project={project} indicator={indicator} onOpen={(quarter) => setOpened({ indicator, quarter })} />
        </Section>
      ))}
      <Remarks project={project} />
      <Section title={t('periods.title')}>
        <Periods project={project} />
      </Section>
      {opened && <EnterValue project={project} {...opened} onClose={() => setOpened(null)} />}
    </Stack>
  );
}

function IndicatorTable({
  project,
  indicator,
  onOpen,
}: {
  project: Project;
  indicator: PassportIndicator;
  onOpen: (quarter: QuarterStanding) => void;
}) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const value = (hundredths: number | null) => formatValue(hundredths, indicator.unit, language);
  const standing = project.indicators.find(({ ordinal }) => ordinal === indicator.ordinal);
  const enters = project.may.execute && project.takesFacts;
  return (
    <Wide label={indicator.name}>
      <Table aria-label={indicator.name}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('figures.quarter')}</Table.Th>
            <Table.Th className={classes.number}>{t('figures.plan')}</Table.Th>
            <Table.Th className={classes.number}>{t('figures.fact')}</Table.Th>
            <Table.Th className={classes.number}>{t('figures.deviation')}</Table.Th>
            <Table.Th>{t('figures.state')}</Table.Th>
            <Table.Th>{t('figures.source')}</Table.Th>
            {enters && <Table.Th />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td>{t('figures.base', { year: indicator.baseYear })}</Table.Td>
            <Table.Td />
            <Table.Td className={classes.number}>{value(indicator.baseValue)}</Table.Td>
            <Table.Td colSpan={enters ? 4 : 3} />
          </Table.Tr>
          {standing?.quarters.map((quarter) => (
            <Table.Tr key={`${quarter.year} ${quarter.quarter}`}>
              <Table.Td>{t('figures.quarterOf', { quarter: quarter.quarter, year: quarter.year })}</Table.Td>
              <Table.Td className={classes.number}>{value(quarter.plan)}</Table.Td>
              <Table.Td className={classes.number}>{value(quarter.fact)}</Table.Td>
              <Table.Td className={classes.number}>{value(quarter.deviation)}</Table.Td>
              <Table.Td>
                <LightBadge light={quarter.light} of="indicator" />
                {quarter.signed && (
                  <Text size="sm" c="dimmed">
                    {t('figures.signed')}
                  </Text>
                )}
                {quarter.changedSince !== null && (
                  <Text size="sm">{t('figures.changedSince', { value: value(quarter.changedSince) })}</Text>
                )}
              </Table.Td>
              <Table.Td>
                {quarter.source !== null && <Text size="sm">{t(`figures.sources.${quarter.source}`)}</Text>}
                {quarter.source === 'entered' && <EvidenceList evidence={quarter.proofs} />}
                {quarter.evidence !== '' && (
                  <Text size="sm" c="dimmed">
                    {quarter.evidence}
                  </Text>
                )}
                {quarter.source === 'entered' && quarter.computed !== null && (
                  <Text size="sm" c="dimmed">
                    {t('figures.computed', { value: value(quarter.computed) })}
                  </Text>
                )}
              </Table.Td>
              {enters && (
                <Table.Td>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t(quarter.signed ? 'figures.correctFor' : 'figures.enterFor', { indicator: indicator.ordinal, quarter: quarter.quarter, year: quarter.year })}
                    onClick={() => onOpen(quarter)}
                  >
                    {t(quarter.signed ? 'figures.correct' : 'figures.enter')}
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
