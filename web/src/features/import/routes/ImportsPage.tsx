import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { invites, useMe, type Import } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { DataTable, EmptyState, ErrorNotice, NotFoundPage, Page, Section, Stack, TextLink, type Column } from '@/shared/ui';
import { importsQuery } from '../api/imports';
import { Upload } from '../components/Upload';

/** Tables brought in: a new one, and those that were. */
export function ImportsPage() {
  const { t } = useTranslation(['import', 'shared']);
  const me = useMe();
  const { language } = useLanguage();
  const [page, setPage] = useState(1);
  const imports = useQuery({ ...importsQuery(page), enabled: invites(me) });
  if (!invites(me)) return <NotFoundPage />;
  const columns: Column<Import>[] = [
    {
      key: 'file',
      header: t('list.file'),
      render: (one) => (
        <TextLink to="/import/$importId" params={{ importId: one.id }}>
          {one.fileName}
        </TextLink>
      ),
    },
    { key: 'kind', header: t('list.kind'), render: (one) => t(`kinds.${one.kind}`), secondary: true },
    { key: 'at', header: t('list.at'), render: (one) => formatMoment(one.createdAt, language) },
    { key: 'by', header: t('list.by'), render: (one) => one.createdBy, secondary: true },
    { key: 'rows', header: t('list.written'), render: (one) => one.created + one.changed, secondary: true },
    { key: 'state', header: t('list.state'), render: (one) => t(`states.${one.state}`) },
  ];
  return (
    <Page title={t('title')} back={<TextLink to="/people">{t('shared:nav.people')}</TextLink>}>
      <Stack gap="lg">
        <Upload />
        <Section title={t('list.title')}>
          <ErrorNotice error={imports.error} onRetry={() => void imports.refetch()} />
          {!imports.error && (
            <DataTable
              label={t('list.title')}
              columns={columns}
              rows={imports.data?.items}
              rowKey={(one) => one.id}
              total={imports.data?.total ?? 0}
              page={page}
              perPage={20}
              onPage={setPage}
              empty={<EmptyState icon={<IconFileImport size={40} stroke={1.5} />} title={t('list.empty')} text={t('list.emptyText')} />}
            />
          )}
        </Section>
      </Stack>
    </Page>
  );
}
