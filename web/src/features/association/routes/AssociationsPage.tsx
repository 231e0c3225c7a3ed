import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsCityRegister, useMe, type Association } from '@/shared/api';
import { associationsQuery } from '@/shared/pickers';
import { Badge, ButtonLink, DataTable, EmptyState, ErrorNotice, Filters, NothingFound, Page, SearchField, TextLink, type Column } from '@/shared/ui';

/** The city's methodological associations. */
export function AssociationsPage() {
  const { t } = useTranslation(['association', 'shared']);
  const me = useMe();
  const [words, setWords] = useState('');
  const associations = useQuery(associationsQuery);
  const rows = associations.data?.items.filter((one) =>
    `${one.name} ${one.subject} ${one.head?.name ?? ''}`.toLowerCase().includes(words.toLowerCase()),
  );
  const add = keepsCityRegister(me) && (
    <ButtonLink to="/associations/new" leftSection={<IconUsersGroup size={20} aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  const columns: Column<Association>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      render: (one) => (
        <TextLink to="/associations/$associationId" params={{ associationId: one.id }}>
          {one.name}
        </TextLink>
      ),
    },
    { key: 'head', header: t('head'), render: (one) => one.head?.name ?? t('nobody'), secondary: true },
    {
      key: 'meetings',
      header: t('columns.meetings'),
      render: (one) => (
        <Badge color={one.meetingCount >= 4 ? 'teal' : 'yellow'} variant="light" tt="none">
          {t('columns.ofFour', { count: one.meetingCount })}
        </Badge>
      ),
    },
    { key: 'members', header: t('columns.members'), render: (one) => one.memberCount, secondary: true },
  ];
  return (
    <Page title={t('title')} actions={add}>
      <Filters>
        <SearchField value={words} onSearch={setWords} placeholder={t('search')} />
      </Filters>
      <ErrorNotice error={associations.error} onRetry={() => void associations.refetch()} />
      {!associations.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={(one) => one.id}
          total={rows?.length ?? 0}
          page={1}
          perPage={1000}
          onPage={() => undefined}
          empty={
            words ? (
              <NothingFound onClear={() => setWords('')} />
            ) : (
              <EmptyState icon={<IconUsersGroup size={40} stroke={1.5} />} title={t('empty')} action={add} />
            )
          }
        />
      )}
    </Page>
  );
}
