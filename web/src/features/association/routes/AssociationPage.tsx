import { IconPencil } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, ButtonLink, ErrorNotice, Facts, Group, Page, Paper, Stack, TextLink, toast } from '@/shared/ui';
import { associationQuery, useChangeAssociation } from '../api/associations';
import { AssociationForm } from '../components/AssociationForm';
import { Members } from '../components/Members';
import { YearPlan } from '../components/YearPlan';

/** One association: who leads it, the plan of its year, its members. */
export function AssociationPage() {
  const { t } = useTranslation(['association', 'shared']);
  const { associationId } = useParams({ from: '/shell/signed/associations/$associationId' });
  const { data: association } = useSuspenseQuery(associationQuery(associationId));
  const change = useChangeAssociation(associationId);
  const [editing, setEditing] = useState(false);
  const archived = association.archivedAt !== null;
  const setArchived = (next: boolean) =>
    change.mutate({ archived: next }, {
      onSuccess: () =>
        toast(
          t(next ? 'archive.done' : 'archive.undone'),
          next ? { label: t('shared:actions.undo'), run: () => setArchived(false) } : undefined,
        ),
    });

  return (
    <Page
      title={association.name}
      narrow
      back={<TextLink to="/associations">{t('title')}</TextLink>}
      subtitle={
        archived && (
          <Badge color="gray" variant="light" tt="none">
            {t('archive.state')}
          </Badge>
        )
      }
      actions={
        <ButtonLink to="/calendar" search={{ associationId }} variant="default">
          {t('calendar')}
        </ButtonLink>
      }
    >
      {editing ? (
        <AssociationForm
          initial={association}
          submitLabel={t('shared:actions.save')}
          onCancel={() => setEditing(false)}
          pending={change.isPending}
          error={change.error}
          onSubmit={(draft) =>
            change.mutate({ ...draft, updatedAt: association.updatedAt }, {
              onSuccess: () => {
                toast(t('saved'));
                setEditing(false);
              },
            })
          }
        />
      ) : (
        <Stack gap="lg">
          <Paper p="lg">
            <Facts
              facts={[
                ...(association.subject ? ([[t('subject'), association.subject]] as [string, string][]) : []),
                ...(association.level ? ([[t('level'), association.level]] as [string, string][]) : []),
                [t('head'), association.head?.name ?? t('nobody')],
                [t('standIn'), association.standIn?.name ?? t('nobody')],
                [t('curator'), association.curator?.name ?? t('nobody')],
              ]}
            />
          </Paper>
          {association.mayEdit && (
            <Group>
              <Button variant="default" onClick={() => setEditing(true)} leftSection={<IconPencil size={18} aria-hidden />}>
                {t('change')}
              </Button>
              <Button variant="default" loading={change.isPending} onClick={() => setArchived(!archived)}>
                {t(archived ? 'archive.undo' : 'archive.do')}
              </Button>
            </Group>
          )}
          <ErrorNotice error={change.error} />
          <YearPlan associationId={associationId} mayLead={association.mayLead} />
          <Members association={association} />
        </Stack>
      )}
    </Page>
  );
}
