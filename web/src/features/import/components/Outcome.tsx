import { useTranslation } from 'react-i18next';
import type { Import } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { Alert, ButtonLink, ConfirmButton, Facts, Group, Paper, Stack } from '@/shared/ui';
import { useUndo } from '../api/imports';

/** What came of an import, and the way back. */
export function Outcome({ about }: { about: Import }) {
  const { t } = useTranslation(['import', 'shared']);
  const { language } = useLanguage();
  const undo = useUndo(about.id);
  const undone = about.state === 'undone';
  return (
    <Stack>
      <Alert
        color={undone ? 'gray' : 'teal'}
        variant="light"
        role="status"
        title={undone ? t('outcome.undone') : t('outcome.done', { count: about.created + about.changed })}
      >
        {undone && about.undoneAt
          ? t('outcome.undoneBy', { who: about.undoneBy, at: formatDateTime(about.undoneAt, language) })
          : about.kind === 'documents'
            ? t('outcome.documentsNext')
            : about.kind === 'people'
              ? t('outcome.peopleNext')
              : null}
      </Alert>
      {about.obstacles && (
        <Alert color="yellow" variant="light" role="alert" title={t('undo.obstacles')}>
          {about.obstacles}
        </Alert>
      )}
      <Paper p="lg">
        <Stack>
          <Facts
            facts={[
              [t('outcomes.created'), about.created],
              [t('outcomes.changed'), about.changed],
              [t('outcomes.duplicate'), about.duplicates],
              [t('outcome.by'), about.createdBy],
              [t('outcome.at'), formatDateTime(about.doneAt ?? about.createdAt, language)],
            ]}
          />
          <Group>
            {about.kind === 'institutions' ? (
              <ButtonLink to="/institutions">{t('shared:nav.institutions')}</ButtonLink>
            ) : (
              <ButtonLink to="/people">{t('shared:nav.people')}</ButtonLink>
            )}
            {about.kind === 'people' && !undone && (
              <ButtonLink to="/invitations/slips" variant="default">
                {t('outcome.slips')}
              </ButtonLink>
            )}
            {about.mayUndo && (
              <ConfirmButton
                title={t('undo.title')}
                text={t('undo.text')}
                confirm={t('undo.confirm')}
                onConfirm={() => undo.mutateAsync()}
                pending={undo.isPending}
                error={undo.error}
              >
                {t('undo.do')}
              </ConfirmButton>
            )}
          </Group>
        </Stack>
      </Paper>
    </Stack>
  );
}
