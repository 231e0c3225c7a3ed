import { IconDownload, IconFileImport, IconFileSpreadsheet, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fullName, invites, readsCityRegister, useMe, type PersonRow } from '@/shared/api';
import { saveFile } from '@/shared/lib/saveTable';
import { InstitutionPicker } from '@/shared/pickers';
import {
  Badge,
  Button,
  ButtonLink,
  Checkbox,
  DataTable,
  EmptyState,
  ErrorNotice,
  Filters,
  NothingFound,
  Page,
  SearchField,
  Select,
  TextLink,
  type Column,
} from '@/shared/ui';
import { exportedPeople, institutionNameQuery, peopleQuery, perPage } from '../api/people';
import { roles } from '../components/roles';
import { type PeopleSearch, sortOf } from './search';

/** The register of people: found, filtered, ordered, leafed through, saved as a table; all of it in the address. */
export function PeoplePage() {
  const { t } = useTranslation(['person', 'shared']);
  const me = useMe();
  const search = useSearch({ from: '/shell/signed/people' });
  const navigate = useNavigate({ from: '/people' });
  const people = useQuery(peopleQuery(search));
  const institution = useQuery({
    ...institutionNameQuery(search.institutionId ?? ''),
    enabled: search.institutionId !== undefined,
  });
  const narrow = (change: Partial<PeopleSearch>) =>
    void navigate({ search: (old) => ({ ...old, page: undefined, ...change }), replace: true });
  const filtered = Boolean(search.q ?? search.institutionId ?? search.role ?? search.archived);

  const columns: Column<PersonRow>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      sort: 'name',
      render: (person) => (
        <>
          {person.mayOpen ? (
            <TextLink to="/people/$personId" params={{ personId: person.id }}>
              {fullName(person)}
            </TextLink>
          ) : (
            fullName(person)
          )}
          {person.archivedAt && (
            <Badge ml="xs" color="gray" variant="light" tt="none">
              {t('archived')}
            </Badge>
          )}
        </>
      ),
    },
    { key: 'position', header: t('columns.position'), sort: 'position', render: (person) => person.positionName, secondary: true },
    { key: 'institution', header: t('columns.institution'), sort: 'institution', render: (person) => person.institutionName },
  ];

  const save = useMutation({
    mutationFn: async () => saveFile(`${t('title')}.csv`, await exportedPeople(search)),
  });

  return (
    <Page
      title={t('title')}
      actions={
        invites(me) && (
          <>
            <ButtonLink to="/import" variant="default" leftSection={<IconFileImport size={20} aria-hidden />}>
              {t('import')}
            </ButtonLink>
            <ButtonLink to="/people/new" leftSection={<IconUserPlus size={20} aria-hidden />}>
              {t('add')}
            </ButtonLink>
          </>
        )
      }
    >
      <Filters>
        <SearchField value={search.q ?? ''} onSearch={(q) => narrow({ q: q || undefined })} placeholder={t('search')} />
        <InstitutionPicker
          key={search.institutionId ?? 'all'}
          label={undefined}
          aria-label={t('columns.institution')}
          placeholder={t('anyInstitution')}
          value={institution.data ? { id: institution.data.id, name: institution.data.shortName || institution.data.name } : null}
          onPick={(picked) => narrow({ institutionId: picked?.id })}
        />
        {readsCityRegister(me) && (
          <>
            <Select
              aria-label={t('role')}
              placeholder={t('anyRole')}
              clearable
              clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
              data={roles.map((role) => ({ value: role, label: t(`shared:roles.${role}`) }))}
              value={search.role ?? null}
              onChange={(role) => narrow({ role: role ?? undefined })}
            />
            <Checkbox
              size="md"
              label={t('showArchived')}
              checked={search.archived ?? false}
              onChange={(event) => narrow({ archived: event.currentTarget.checked || undefined })}
            />
          </>
        )}
      </Filters>
      <ErrorNotice error={people.error ?? save.error} onRetry={() => void people.refetch()} />
      {!people.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={people.data?.items}
          rowKey={(person) => person.id}
          total={people.data?.total ?? 0}
          page={search.page ?? 1}
          perPage={perPage}
          onPage={(page) => void navigate({ search: (old) => ({ ...old, page: page > 1 ? page : undefined }) })}
          sort={search.sort ?? 'name'}
          onSort={(sort) => narrow({ sort: sortOf(sort) })}
          tools={
            invites(me) && (
              <>
                <Button
                  size="sm"
                  variant="subtle"
                  loading={save.isPending}
                  onClick={() => save.mutate()}
                  leftSection={<IconDownload size={18} aria-hidden />}
                >
                  {t('shared:table.export')}
                </Button>
                <Button
                  size="sm"
                  variant="subtle"
                  component="a"
                  href="/api/register.xlsx"
                  download
                  leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
                >
                  {t('everything')}
                </Button>
              </>
            )
          }
          empty={
            filtered ? (
              <NothingFound onClear={() => void navigate({ search: ({ sort }) => (sort ? { sort } : {}), replace: true })} />
            ) : (
              <EmptyState
                icon={<IconUsers size={40} stroke={1.5} />}
                title={t('empty')}
                text={t('emptyText')}
                action={invites(me) && <ButtonLink to="/invitations">{t('shared:nav.invitations')}</ButtonLink>}
              />
            )
          }
        />
      )}
    </Page>
  );
}
