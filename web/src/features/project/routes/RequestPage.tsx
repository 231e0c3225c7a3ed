import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ChangeRequest, Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Alert, Badge, Button, ButtonLink, ConfirmButton, ErrorNotice, Group, PageLoader, Paragraphs, Section, Stack, TextLink, Title, toast } from '@/shared/ui';
import { requestQuery, useRemoveRequest, useSubmitRequest } from '../api/project';
import { ChangeList } from '../components/ChangeList';
import { Frame } from '../components/Frame';
import { formatIsoDay } from '../components/words';

/** One change request: why, and what exactly changes. */
export function RequestPage() {
  const { requestId } = useParams({ from: '/shell/signed/project/changes/$requestId' });
  return <Frame section="changes">{(project) => <Request project={project} id={requestId} />}</Frame>;
}

function Request({ project, id }: { project: Project; id: string }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const query = useQuery(requestQuery(id));
  if (query.isPending) return <PageLoader />;
  if (!query.data) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  const request = query.data;
  const day = request.decidedOn ?? request.submittedOn;
  return (
    <Stack>
      <TextLink to="/project/changes">{t('sections.changes')}</TextLink>
      <Group gap="sm">
        <Title order={2}>
          № {request.number}. {request.title}
        </Title>
        <Badge variant="light" tt="none" size="lg" color="gray">
          {t(`requests.states.${request.state}`)}
          {day !== null && `, ${formatIsoDay(day, language)}`}
        </Badge>
      </Group>
      <Section title={t('requests.reason')}>
        <Paragraphs text={request.reason} />
      </Section>
      <Section title={t('changes.list')}>
        <ChangeList changes={request.changes} />
      </Section>
      {request.outdated && (
        <Alert color="yellow" variant="light" title={t('requests.outdatedTitle')}>
          {t('requests.outdated')}
        </Alert>
      )}
      {project.may.lead && request.state === 'draft' && <Actions project={project} request={request} />}
    </Stack>
  );
}

function Actions({ project, request }: { project: Project; request: ChangeRequest }) {
  const { t } = useTranslation('project');
  const navigate = useNavigate();
  const submit = useSubmitRequest();
  const remove = useRemoveRequest();
  return (
    <Stack gap="sm">
      <ErrorNotice error={submit.error} />
      <Group>
        <Button
          loading={submit.isPending}
          disabled={request.outdated || project.lifecycle.state !== 'executing'}
          onClick={() =>
            submit.mutate({ id: request.id, version: request.version }, { onSuccess: () => toast(t('requests.submitted')) })
          }
        >
          {t('requests.submit')}
        </Button>
        <ButtonLink to="/project/edit" search={{ request: request.id }} variant="default">
          {t('requests.edit')}
        </ButtonLink>
        <ConfirmButton
          title={t('requests.removeTitle')}
          text={t('requests.removeText')}
          confirm={t('requests.remove')}
          onConfirm={async () => {
            await remove.mutateAsync(request.id);
            await navigate({ to: '/project/changes' });
          }}
          pending={remove.isPending}
          error={remove.error}
        >
          {t('requests.remove')}
        </ConfirmButton>
      </Group>
    </Stack>
  );
}
