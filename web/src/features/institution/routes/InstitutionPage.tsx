import { IconPencil } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsCityRegister, keepsInstitution, readsInstitution, useMe, type InstitutionName } from '@/shared/api';
import { Badge, Button, ButtonLink, ErrorNotice, Facts, Group, Page, Paper, Stack, TextLink, toast } from '@/shared/ui';
import { institutionQuery, useArchiveInstitution, useChangeInstitution } from '../api/institutions';
import { InstitutionForm } from '../components/InstitutionForm';
import { valuesOf } from '../components/institutionForm';

function InstitutionLink({ one }: { one: InstitutionName }) {
  return (
    <div>
      <TextLink to="/institutions/$institutionId" params={{ institutionId: one.id }}>
        {one.shortName}
      </TextLink>
    </div>
  );
}

export function InstitutionPage() {
  const { t } = useTranslation(['institution', 'shared']);
  const me = useMe();
  const { institutionId } = useParams({ from: '/shell/signed/institutions/$institutionId' });
  const { data: institution } = useSuspenseQuery(institutionQuery(institutionId));
  const change = useChangeInstitution(institutionId);
  const archive = useArchiveInstitution(institutionId);
  const [editing, setEditing] = useState(false);

  const facts: [string, ReactNode][] = [
    [t('form.name'), institution.name],
    [t('columns.kind'), t(`kinds.${institution.kind}`)],
    [t('columns.address'), institution.address || t('noAddress')],
  ];
  if (institution.legalEntity) facts.push([t('form.buildingOf'), <InstitutionLink key="of" one={institution.legalEntity} />]);
  if (institution.buildings.length > 0) {
    facts.push([t('buildings'), institution.buildings.map((one) => <InstitutionLink key={one.id} one={one} />)]);
  }
  if (!institution.municipal) facts.push([t('owner'), t('notMunicipal')]);

  const setArchived = (archived: boolean) =>
    archive.mutate(archived, {
      onSuccess: () =>
        toast(
          t(archived ? 'archive.done' : 'archive.undone'),
          archived ? { label: t('shared:actions.undo'), run: () => setArchived(false) } : undefined,
        ),
    });

  return (
    <Page
      title={institution.shortName || institution.name}
      narrow
      back={<TextLink to="/institutions">{t('title')}</TextLink>}
      subtitle={
        institution.archivedAt && (
          <Badge color="gray" variant="light" tt="none">
            {t('archived')}
          </Badge>
        )
      }
      actions={
        <>
          {readsInstitution(me, institutionId) && (
            <ButtonLink to="/institutions/$institutionId/month" params={{ institutionId }} variant="default">
              {t('month.title')}
            </ButtonLink>
          )}
          <ButtonLink to="/people" search={{ institutionId }} variant="default">
            {t('people')}
          </ButtonLink>
        </>
      }
    >
      {editing ? (
        <InstitutionForm
          initial={valuesOf(institution)}
          submitLabel={t('shared:actions.save')}
          onCancel={() => setEditing(false)}
          pending={change.isPending}
          error={change.error}
          onSubmit={(body) =>
            change.mutate({ ...body, version: institution.version }, {
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
              facts={facts}
            />
          </Paper>
          <Group>
            {keepsInstitution(me, institutionId) && (
              <>
                <ButtonLink to="/invitations">{t('invite')}</ButtonLink>
                <ButtonLink to="/invitations/slips" variant="default">
                  {t('slips')}
                </ButtonLink>
              </>
            )}
            {keepsCityRegister(me) && (
              <>
                <Button variant="default" onClick={() => setEditing(true)} leftSection={<IconPencil size={18} aria-hidden />}>
                  {t('change')}
                </Button>
                <Button
                  variant="default"
                  loading={archive.isPending}
                  onClick={() => setArchived(institution.archivedAt === null)}
                >
                  {institution.archivedAt === null ? t('archive.do') : t('archive.undo')}
                </Button>
              </>
            )}
          </Group>
          <ErrorNotice error={archive.error} />
        </Stack>
      )}
    </Page>
  );
}
