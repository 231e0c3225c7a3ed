import { IconBuildingPlus, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepsCityRegister, useMe, type Institution } from '@/shared/api';
import { saveTable } from '@/shared/lib/saveTable';
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
  TextLink,
  type Column,
} from '@/shared/ui';
import { institutionsQuery, perPage } from '../api/institutions';
import { inOrder } from '../components/order';
import type { InstitutionsSearch } from './search';

export function InstitutionsPage() {
  const { t } = useTranslation(['institution', 'shared']);
  const me = useMe();
  const search = useSearch({ from: '/shell/signed/institutions' });
  const navigate = useNavigate({ from: '/institutions' });
  const institutions = useQuery(institutionsQuery(search));
  const narrow = (change: Partial<InstitutionsSearch>) =>
    void navigate({ search: (old) => ({ ...old, page: undefined, ...change }), replace: true });
  const rows = institutions.data && inOrder(institutions.data.items, search.sort ?? 'name', (one) => t(`kinds.${one.kind}`));
  const add = keepsCityRegister(me) && (
    <ButtonLink to="/institutions/new" leftSection={<IconBuildingPlus size={20} aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );

  const columns: Column<Institution>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      sort: 'name',
      render: (one) => (
        <>
          <TextLink to="/institutions/$institutionId" params={{ institutionId: one.id }}>
            {one.shortName || one.name}
          </TextLink>
          {one.archivedAt && (
            <Badge ml="xs" color="gray" variant="light" tt="none">
              {t('archived')}
            </Badge>
          )}
        </>
      ),
    },
    { key: 'kind', header: t('columns.kind'), sort: 'kind', render: (one) => t(`kinds.${one.kind}`) },
    {
      key: 'people',
      header: t('columns.people'),
      sort: 'people',
      render: (one) => (
        <TextLink to="/people" search={{ institutionId: one.id }}>
          {one.peopleCount}
        </TextLink>
      ),
    },
    { key: 'address', header: t('columns.address'), render: (one) => one.address, secondary: true },
  ];

  const save = () =>
    saveTable(
      t('title'),
      columns.map(({ header }) => header),
      (rows ?? []).map((one) => [one.name, t(`kinds.${one.kind}`), String(one.peopleCount ?? ''), one.address ?? '']),
    );

  return (
    <Page title={t('title')} actions={add}>
      <Filters>
        <SearchField value={search.q ?? ''} onSearch={(q) => narrow({ q: q || undefined })} placeholder={t('search')} />
        <Checkbox
          size="md"
          label={t('showArchived')}
          checked={search.archived ?? false}
          onChange={(event) => narrow({ archived: event.currentTarget.checked || undefined })}
        />
      </Filters>
      <ErrorNotice error={institutions.error} onRetry={() => void institutions.refetch()} />
      {!institutions.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={(one) => one.id}
          total={institutions.data?.total ?? 0}
          page={search.page ?? 1}
          perPage={perPage}
          onPage={(page) => void navigate({ search: (old) => ({ ...old, page: page > 1 ? page : undefined }) })}
          sort={search.sort ?? 'name'}
          onSort={(sort) => narrow({ sort: sort === 'name' ? undefined : sort })}
          tools={
            <Button
              size="sm"
              variant="subtle"
              onClick={save}
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('shared:table.export')}
            </Button>
          }
          empty={
            (search.q ?? search.archived) ? (
              <NothingFound onClear={() => void navigate({ search: {}, replace: true })} />
            ) : (
              <EmptyState icon={<IconBuildingPlus size={40} stroke={1.5} />} title={t('empty')} action={add} />
            )
          }
        />
      )}
    </Page>
  );
}
