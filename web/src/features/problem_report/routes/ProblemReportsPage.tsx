import { IconMessageReport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { EmptyState, ErrorNotice, Group, Page, Pagination, Paper, Skeleton, Stack, Text } from '@/shared/ui';
import { perPage, problemReportsQuery } from '../api/problemReports';
import classes from './ProblemReportsPage.module.css';

/** What people reported, the newest first. */
export function ProblemReportsPage() {
  const { t } = useTranslation(['problem_report', 'shared']);
  const { language } = useLanguage();
  const [page, setPage] = useState(1);
  const reports = useQuery(problemReportsQuery(page));
  const pages = Math.ceil((reports.data?.total ?? 0) / perPage);

  return (
    <Page title={t('title')} narrow>
      <ErrorNotice error={reports.error} onRetry={() => void reports.refetch()} />
      {reports.isPending && <Skeleton height={200} />}
      {reports.data?.items.length === 0 && (
        <EmptyState icon={<IconMessageReport size={40} stroke={1.5} />} title={t('empty')} text={t('emptyText')} />
      )}
      <Stack>
        {reports.data?.items.map((report) => (
          <Paper key={report.id} p="lg" component="article">
            <Group justify="space-between" gap="sm" mb="xs">
              <Text fw={600}>{report.reporterName ?? t('anonymous')}</Text>
              <Text size="sm" c="dimmed">
                {formatDateTime(report.createdAt, language)}
              </Text>
            </Group>
            <Text className={classes.text}>{report.text}</Text>
            <Text size="sm" c="dimmed" mt="xs">
              {t('page', { page: report.page })}
            </Text>
            {report.context && (
              <details className={classes.details}>
                <summary>{t('context')}</summary>
                <pre>{report.context}</pre>
              </details>
            )}
          </Paper>
        ))}
      </Stack>
      {pages > 1 && <Pagination mt="md" total={pages} value={page} onChange={setPage} aria-label={t('shared:table.pages')} />}
    </Page>
  );
}
