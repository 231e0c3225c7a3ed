import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode, type ChangeRequest, type Passport, type Project } from '@/shared/api';
import { Alert, Button, ErrorNotice, Group, Paper, Stack, Text, Textarea, TextInput } from '@/shared/ui';
import { useSavePassport, useSaveRequest, versionQuery } from '../api/project';
import { ChangeList } from './ChangeList';

type Props = {
  project: Project;
  /** The version that the edit began from. */
  seen: number;
  passport: Passport;
  /** A draft that is edited on. */
  request?: ChangeRequest | undefined;
  onSaved: (request: ChangeRequest | null) => void;
  /** Throws the own edit away for what somebody else saved. */
  onTakeTheirs: (theirs: Project) => void;
  onCancel: () => void;
};

/** Saves an edited passport: a draft in its place, an approved one as a change request. */
export function SavePassport({ project, seen, passport, request, onSaved, onTakeTheirs, onCancel }: Props) {
  const { t } = useTranslation(['project', 'shared']);
  const [title, setTitle] = useState(request?.title ?? '');
  const [reason, setReason] = useState(request?.reason ?? '');
  const direct = useSavePassport();
  const asking = useSaveRequest();
  const asRequest = !project.editable;
  const error = asRequest ? asking.error : direct.error;
  const theirs = newerProject(error);
  const save = (version: number) => {
    if (asRequest) {
      const of = request && { id: request.id, version: request.version };
      asking.mutate({ title, reason, baseVersion: version, passport, ...(of && { of }) }, { onSuccess: onSaved });
    } else {
      direct.mutate({ version, passport, reason }, { onSuccess: () => onSaved(null) });
    }
  };
  return (
    <Paper p="lg" component="section" aria-label={t(asRequest ? 'save.asRequest' : 'save.direct')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(seen);
        }}
      >
        <Stack>
          {asRequest && (
            <>
              <Text>{t('save.whyRequest')}</Text>
              <TextInput label={t('save.title')} required maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
            </>
          )}
          <Textarea
            label={t('save.reason')}
            required={asRequest}
            autosize
            minRows={2}
            maxLength={asRequest ? 4000 : 500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {theirs ? (
            <Conflict
              theirs={theirs}
              since={seen}
              pending={direct.isPending || asking.isPending}
              onKeep={() => save(theirs.version)}
              onTake={() => {
                direct.reset();
                asking.reset();
                onTakeTheirs(theirs);
              }}
            />
          ) : (
            <ErrorNotice error={error} />
          )}
          <Group>
            <Button type="submit" loading={direct.isPending || asking.isPending} disabled={theirs !== null}>
              {t(asRequest ? 'save.makeRequest' : 'shared:actions.save')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

/** Somebody saved first: their changes, and what to do with mine. */
function Conflict({
  theirs,
  since,
  pending,
  onKeep,
  onTake,
}: {
  theirs: Project;
  since: number;
  pending: boolean;
  onKeep: () => void;
  onTake: () => void;
}) {
  const { t } = useTranslation('project');
  const version = useQuery(versionQuery(theirs.version, since));
  return (
    <Alert role="alert" color="yellow" variant="light" title={t('conflict.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('conflict.text')}</Text>
        <ErrorNotice error={version.error} onRetry={() => void version.refetch()} />
        {version.data && <ChangeList changes={version.data.changes} />}
        <Group>
          <Button size="sm" onClick={onTake}>
            {t('conflict.take')}
          </Button>
          <Button size="sm" variant="default" loading={pending} onClick={onKeep}>
            {t('conflict.keep')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** The project as somebody else left it, where their edit came first. */
function newerProject(error: unknown): Project | null {
  if (!(error instanceof ApiError) || !hasCode(error, 'edit.stale')) return null;
  const current = error.problem.current as Partial<Project> | undefined;
  return current?.lifecycle ? (current as Project) : null;
}
