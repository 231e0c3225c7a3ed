import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRequest, Passport, Project } from '@/shared/api';
import { Button, ButtonLink, ErrorNotice, Page, PageLoader, Stack, Text, TextLink, toast } from '@/shared/ui';
import { projectQuery, requestQuery, useBegin } from '../api/project';
import { emptyPassport } from '../components/emptyPassport';
import { PassportForm } from '../components/PassportForm';
import { GapList, UnreadList } from '../components/PaperGaps';
import { ReadPaper, type Taken } from '../components/ReadPaper';
import { SavePassport } from '../components/SavePassport';

/** Writes the passport: a new project's, a draft, or an approved one by a change request. */
export function EditPage() {
  const { t } = useTranslation('project');
  const search = useSearch({ from: '/shell/signed/project/edit' });
  const { request: id, paper } = search;
  const project = useQuery(projectQuery);
  const request = useQuery({ ...requestQuery(id ?? ''), enabled: id !== undefined });
  if (project.isPending || (id !== undefined && request.isPending)) return <PageLoader />;
  if (project.data === undefined || (id !== undefined && !request.data)) {
    return <ErrorNotice error={project.error ?? request.error} onRetry={() => void project.refetch()} />;
  }
  const mayWrite = project.data === null || project.data.editable || project.data.takesFacts;
  return (
    <Page
      title={t(paper ? 'reading.title' : 'edit.title')}
      back={<TextLink to="/project/passport">{t('sections.passport')}</TextLink>}
      actions={
        !paper &&
        mayWrite && (
          <ButtonLink to="/project/edit" search={{ ...search, paper: true }} variant="default">
            {t('reading.open')}
          </ButtonLink>
        )
      }
    >
      {project.data === null ? <Begin /> : <Edit project={project.data} request={request.data} />}
    </Page>
  );
}

function Edit({ project, request }: { project: Project; request: ChangeRequest | undefined }) {
  const { t } = useTranslation('project');
  const navigate = useNavigate();
  // What this edit began from: the query goes on being refreshed. An outdated request is laid on the version of today.
  const [seen, setSeen] = useState(request && !request.outdated ? request.baseVersion : project.version);
  const [passport, setPassport] = useState<Passport>(request?.passport ?? project.passport);
  if (!project.editable && !project.takesFacts) return <Text>{t('edit.notNow')}</Text>;
  return (
    <Filled passport={passport} onChange={setPassport}>
      <SavePassport
        project={project}
        seen={seen}
        passport={passport}
        request={request}
        onSaved={(saved) => {
          if (saved) {
            void navigate({ to: '/project/changes/$requestId', params: { requestId: saved.id } });
          } else {
            toast(t('save.saved'));
            void navigate({ to: '/project/passport' });
          }
        }}
        onTakeTheirs={(theirs) => {
          setSeen(theirs.version);
          setPassport(theirs.passport);
        }}
        onCancel={() => void navigate({ to: '/project/passport' })}
      />
    </Filled>
  );
}

/** The form, or the paper that is read into it; what was left open on the paper stands above the form. */
function Filled({ passport, onChange, children }: { passport: Passport; onChange: (passport: Passport) => void; children: ReactNode }) {
  const { t } = useTranslation('project');
  const { paper, ...rest } = useSearch({ from: '/shell/signed/project/edit' });
  const navigate = useNavigate({ from: '/project/edit' });
  const [left, setLeft] = useState<Omit<Taken, 'passport'> | null>(null);
  const back = () => void navigate({ search: rest });
  if (paper) {
    return (
      <ReadPaper
        form={passport}
        onTake={({ passport: read, ...open }) => {
          onChange(read);
          setLeft(open);
          back();
        }}
        onCancel={back}
      />
    );
  }
  return (
    <Stack>
      {left && left.gaps.length > 0 && <GapList gaps={left.gaps} />}
      {left && left.unread.length > 0 && (
        <details>
          <summary>{t('reading.stillUnread', { count: left.unread.length })}</summary>
          <UnreadList unread={left.unread} />
        </details>
      )}
      <PassportForm passport={passport} onChange={onChange} />
      {children}
    </Stack>
  );
}

function Begin() {
  const { t } = useTranslation('project');
  const navigate = useNavigate();
  const begin = useBegin();
  const [passport, setPassport] = useState(() => emptyPassport(new Date()));
  return (
    <Filled passport={passport} onChange={setPassport}>
      <ErrorNotice error={begin.error} />
      <div>
        <Button loading={begin.isPending} onClick={() => begin.mutate(passport, { onSuccess: () => void navigate({ to: '/project' }) })}>
          {t('none.begin')}
        </Button>
      </div>
    </Filled>
  );
}
