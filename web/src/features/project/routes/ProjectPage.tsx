import { useTranslation } from 'react-i18next';
import type { Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoney, formatValue } from '@/shared/lib/figures';
import { Group, Paper, Progress, Section, SimpleGrid, Stack, Text, TextLink, Title } from '@/shared/ui';
import { Frame } from '../components/Frame';
import { LightBadge } from '../components/LightBadge';
import { StepList } from '../components/StepList';
import { WaitingList } from '../components/Waiting';
import { formatTerm } from '../components/words';

/** The project on one page: what waits, how it stands, what was decided. */
export function ProjectPage() {
  return (
    <Frame section="overview">
      {(project) => (
        <Stack>
          <WaitingList project={project} />
          <Indicators project={project} />
          <Stages project={project} />
          <Money project={project} />
          <Decisions project={project} />
        </Stack>
      )}
    </Frame>
  );
}

function Indicators({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  return (
    <Section title={t('figures.title')}>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {project.passport.indicators.map(({ ordinal, name, unit }) => {
          const standing = project.indicators.find((one) => one.ordinal === ordinal);
          const latest = standing?.quarters.find(
            ({ year, quarter }) => year === standing.latest?.year && quarter === standing.latest.quarter,
          );
          return (
            <Paper key={ordinal} p="lg">
              <Stack gap="xs" h="100%">
                <Title order={3} size="h5">
                  {ordinal}. {name}
                </Title>
                <TextLink to="/project/figures" fz={36} lh={1.1} fw={700}>
                  {formatValue(latest?.fact ?? null, unit, language)}
                </TextLink>
                {latest && (
                  <Text c="dimmed">
                    {t('figures.planFor', {
                      value: formatValue(latest.plan, unit, language),
                      quarter: latest.quarter,
                      year: latest.year,
                    })}
                  </Text>
                )}
                {standing && (
                  <div>
                    <LightBadge light={standing.light} of="indicator" />
                  </div>
                )}
              </Stack>
            </Paper>
          );
        })}
      </SimpleGrid>
    </Section>
  );
}

function Stages({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  return (
    <Section title={t('stages.title')} actions={<TextLink to="/project/schedule">{t('sections.schedule')}</TextLink>}>
      <Stack gap="sm">
        {project.passport.stages.map(({ number, name }) => {
          const standing = project.stages.find((one) => one.number === number);
          if (!standing) return null;
          const { start, end, reached, checkpoints } = standing;
          return (
            <Paper key={number} p="md">
              <Group justify="space-between" gap="sm">
                <div>
                  <Text fw={600}>
                    {number}. {name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {start !== null && end !== null && formatTerm({ start, end }, language)}
                  </Text>
                </div>
                <Group gap="sm">
                  <Text>{t('stages.reached', { reached, checkpoints })}</Text>
                  <LightBadge light={standing.light} of="checkpoint" />
                </Group>
              </Group>
              <Progress value={checkpoints === 0 ? 0 : (reached / checkpoints) * 100} mt="sm" aria-label={t('stages.progress', { name })} />
            </Paper>
          );
        })}
      </Stack>
    </Section>
  );
}

function Money({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const { total, light } = project.budget;
  return (
    <Section title={t('budget.title')} actions={<TextLink to="/project/budget">{t('sections.budget')}</TextLink>}>
      <Paper p="md">
        <Group justify="space-between" gap="sm">
          <Text>
            {t('budget.spentOf', { fact: formatMoney(total.factKopecks ?? 0, language), plan: formatMoney(total.planKopecks, language) })}
          </Text>
          <LightBadge light={light} of="budget" />
        </Group>
        <Progress value={Math.min(100, (total.executed ?? 0) / 100)} mt="sm" aria-label={t('budget.executed')} />
      </Paper>
    </Section>
  );
}

function Decisions({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  if (project.steps.length === 0) return null;
  return (
    <Section title={t('steps.recent')} actions={<TextLink to="/project/changes">{t('sections.changes')}</TextLink>}>
      <StepList steps={project.steps.slice(-3).reverse()} />
    </Section>
  );
}
