import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useJob } from '@/shared/job';
import { Alert, ErrorNotice, Paper, Progress, Text } from '@/shared/ui';

/** How far the giving out is; the lists below are asked for again once it is done. */
export function IssueProgress({ job: id }: { job: string }) {
  const { t } = useTranslation('certificate');
  const queries = useQueryClient();
  const { data: job, error } = useJob(id);
  const over = job?.state === 'done' || job?.state === 'failed';
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['certificates'] });
  }, [over, queries]);
  if (error) return <ErrorNotice error={error} />;
  if (job?.state === 'failed') {
    return (
      <Alert role="alert" color="red" variant="light">
        {t('progress.failed', { done: job.progress, total: job.total })}
      </Alert>
    );
  }
  const share = job && job.total > 0 ? Math.round((100 * job.progress) / job.total) : 0;
  return (
    <Paper p="lg">
      <Text role="status">
        {job?.state === 'done'
          ? t('progress.done', { count: job.total })
          : t('progress.running', { done: job?.progress ?? 0, total: job?.total ?? 0 })}
      </Text>
      <Progress.Root size="lg" mt="xs">
        <Progress.Section value={share} aria-label={t('progress.label')} />
      </Progress.Root>
    </Paper>
  );
}
