import { IconFileSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { Button, DataTable, EmptyState, ErrorNotice, Group, NothingFound, Page, TextLink, type Column } from '@/shared/ui';
import { accessLogQuery, perPage } from '../api/accessLog';
import type { AccessLogSearch } from './search';

/** Who looked at and changed personal data. Nothing here can be changed or removed. */
export function AccessLogPage() {
  const { t } = useTranslation(['access_log', 'shared']);
  const { language } = useLanguage();
  const search = useSearch({ from: '/shell/signed/access-log' });
  const navigate = useNavigate({ from: '/access-log' });
  const log = useQuery(accessLogQuery(search));
  const show = (next: AccessLogSearch) => void navigate({ search: next });
  const filtered = Boolean(search.actorId ?? search.subjectId);

  const columns: Column<AccessEntry>[] = [
    { key: 'at', header: t('columns.at'), render: (entry) => formatMoment(entry.at, language) },
    {
      key: 'actor',
      header: t('columns.actor'),
      render: (entry) =>
        entry.actorId ? (
          <TextLink to="/access-log" search={{ actorId: entry.actorId }} title={t('onlyActor')}>
            {entry.actorName ?? t('unknown')}
          </TextLink>
        ) : (
          t('system')
        ),
    },
    {
      key: 'action',
      header: t('columns.action'),
      render: (entry) => t(`actions.${entry.action}` as 'actions.other', { defaultValue: entry.action }),
    },
    {
      key: 'subject',
      header: t('columns.subject'),
      render: (entry) =>
        entry.subjectId && (
          <TextLink to="/people/$personId" params={{ personId: entry.subjectId }}>
            {entry.subjectName ?? t('unknown')}
          </TextLink>
        ),
    },
  ];

  return (
    <Page title={t('title')} subtitle={t('subtitle')}>
      {filtered && (
        <Group mb="md">
          <Button variant="default" size="sm" onClick={() => show({})}>
            {t('shared:table.clear')}
          </Button>
        </Group>
      )}
      <ErrorNotice error={log.error} onRetry={() => void log.refetch()} />
      {!log.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={log.data?.items}
          rowKey={(entry) => entry.id}
          total={log.data?.total ?? 0}
          page={search.page ?? 1}
          perPage={perPage}
          onPage={(page) => show({ ...search, page: page > 1 ? page : undefined })}
          empty={
            filtered ? (
              <NothingFound onClear={() => show({})} />
            ) : (
              <EmptyState icon={<IconFileSearch size={40} stroke={1.5} />} title={t('empty')} />
            )
          }
        />
      )}
    </Page>
  );
}
