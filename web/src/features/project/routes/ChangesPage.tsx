import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { Badge, Button, ButtonLink, ErrorNotice, Group, Paper, Section, Stack, Text, TextLink, toast } from '@/shared/ui';
import { useStep, versionQuery, versionsQuery } from '../api/project';
import { ChangeList } from '../components/ChangeList';
import { DecisionDialog } from '../components/DecisionDialog';
import { Frame } from '../components/Frame';
import { decisionsFrom, stepsFrom } from '../components/moves';
import { StepList } from '../components/StepList';

/** The project's way: steps and decisions, change requests, versions of the passport. */
export function ChangesPage() {
  return (
    <Frame section="changes">
      {(project) => (
        <Stack>
          <Way project={project} />
          <Requests project={project} />
          <Versions />
        </Stack>
      )}
    </Frame>
  );
}

function Way({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const step = useStep();
  const [deciding, setDeciding] = useState(false);
  const { state } = project.lifecycle;
  return (
    <Section
      title={t('steps.title')}
      actions={
        project.may.lead && (
          <Group gap="sm">
            {stepsFrom[state].map((kind) => (
              <Button
                key={kind}
                variant="default"
                loading={step.isPending}
                onClick={() => step.mutate(kind, { onSuccess: () => toast(t('steps.made')) })}
              >
                {t(`steps.do.${kind}`)}
              </Button>
            ))}
            {decisionsFrom[state].length > 0 && <Button onClick={() => setDeciding(true)}>{t('decision.add')}</Button>}
          </Group>
        )
      }
    >
      {state === 'closed' && <Text mb="sm">{t('steps.closed')}</Text>}
      <ErrorNotice error={step.error} />
      {project.steps.length === 0 ? <Text c="dimmed">{t('steps.none')}</Text> : <StepList steps={[...project.steps].reverse()} />}
      {deciding && <DecisionDialog project={project} onClose={() => setDeciding(false)} />}
    </Section>
  );
}

function Requests({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const asks = project.may.lead && project.takesFacts;
  return (
    <Section
      title={t('requests.title')}
      actions={asks && <ButtonLink to="/project/edit" variant="default">{t('requests.add')}</ButtonLink>}
    >
      {project.changeRequests.length === 0 && <Text c="dimmed">{t('requests.none')}</Text>}
      <Stack gap="sm">
        {project.changeRequests.map(({ id, number, title, state }) => (
          <Paper key={id} p="md">
            <Group justify="space-between" gap="sm">
              <TextLink to="/project/changes/$requestId" params={{ requestId: id }}>
                № {number}. {title}
              </TextLink>
              <Badge variant="light" tt="none" size="lg" color={state === 'submitted' ? 'yellow' : 'gray'}>
                {t(`requests.states.${state}`)}
              </Badge>
            </Group>
          </Paper>
        ))}
      </Stack>
    </Section>
  );
}

function Versions() {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const versions = useQuery(versionsQuery);
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <Section title={t('versions.title')}>
      <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />
      <Stack gap="sm">
        {versions.data?.items.map(({ version, cause, reason, by, at }) => (
          <Paper key={version} p="md">
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={600}>{t('versions.one', { version, cause: t(`versions.causes.${cause}`) })}</Text>
                <Text size="sm" c="dimmed">
                  {[by, formatDateTime(at, language)].filter(Boolean).join(', ')}
                </Text>
                {reason !== '' && <Text size="sm">{reason}</Text>}
              </div>
              {version > 1 && (
                <Button
                  variant="default"
                  size="xs"
                  aria-expanded={opened === version}
                  onClick={() => setOpened(opened === version ? null : version)}
                >
                  {t('versions.show')}
                </Button>
              )}
            </Group>
            {opened === version && <VersionChanges version={version} />}
          </Paper>
        ))}
      </Stack>
    </Section>
  );
}

function VersionChanges({ version }: { version: number }) {
  const query = useQuery(versionQuery(version));
  return (
    <>
      <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      {query.data && <ChangeList changes={query.data.changes} />}
    </>
  );
}
