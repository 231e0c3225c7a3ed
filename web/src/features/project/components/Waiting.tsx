import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project, ProjectAttention } from '@/shared/api';
import { ErrorNotice, Group, Paper, Section, Stack, Text, TextLink } from '@/shared/ui';
import { projectQuery } from '../api/project';
import { LightBadge } from './LightBadge';

/** How the project stands and what in it waits, for pages beyond it. */
export function Waiting() {
  const { t } = useTranslation('project');
  const project = useQuery(projectQuery);
  if (project.data === null) return <Text c="dimmed">{t('none.title')}</Text>;
  if (!project.data) return <ErrorNotice error={project.error} onRetry={() => void project.refetch()} />;
  return (
    <>
      <Group gap="sm">
        <TextLink to="/project" fw={600}>
          {project.data.passport.title}
        </TextLink>
        <LightBadge light={project.data.light} of="project" />
      </Group>
      {project.data.attention.length === 0 ? <Text>{t('waiting.nothing')}</Text> : <WaitingList project={project.data} />}
    </>
  );
}

/** What waits for somebody, each a link to where it is done. */
export function WaitingList({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  if (project.attention.length === 0) return null;
  const late = project.attention.flatMap((one) => (one.kind === 'checkpointLate' ? [one.checkpoint] : []));
  return (
    <Section title={t('waiting.title')}>
      <Paper p="md">
        <Stack gap="xs" component="ul" m={0} pl="lg">
          {project.attention
            .filter(({ kind }) => kind !== 'checkpointLate')
            .map((one) => (
              <li key={JSON.stringify(one)}>
                <Attention attention={one} />
              </li>
            ))}
          {late.length > 0 && (
            <li>
              <TextLink to="/project/schedule">{t('waiting.checkpointLate', { checkpoints: late.join(', ') })}</TextLink>
            </li>
          )}
        </Stack>
      </Paper>
    </Section>
  );
}

/** One thing that waits, as a link to where it is done. */
function Attention({ attention }: { attention: ProjectAttention }) {
  const { t } = useTranslation('project');
  switch (attention.kind) {
    case 'submitted':
    case 'termOver':
      return <TextLink to="/project/changes">{t(`waiting.${attention.kind}`)}</TextLink>;
    case 'changePending':
      return <TextLink to="/project/changes">{t('waiting.changePending', { request: attention.request })}</TextLink>;
    case 'factMissing': {
      const { indicator, quarter, year } = attention;
      return <TextLink to="/project/figures">{t('waiting.factMissing', { indicator, quarter, year })}</TextLink>;
    }
    case 'toSign':
      return <TextLink to="/project/figures">{t('waiting.toSign', { quarter: attention.quarter, year: attention.year })}</TextLink>;
    case 'checkpointLate':
      return null;
    case 'overspent':
      return (
        <TextLink to="/project/budget">
          {t('waiting.overspent', { source: t(`sources.${attention.source}`), year: attention.year })}
        </TextLink>
      );
    case 'riskHappened':
      return <TextLink to="/project/risks">{t('waiting.riskHappened', { risk: attention.risk })}</TextLink>;
  }
}
