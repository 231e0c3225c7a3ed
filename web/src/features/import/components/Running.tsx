import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/shared/api';
import { useJob } from '@/shared/job';
import { ErrorNotice, Paper, Progress, Text } from '@/shared/ui';

/** How far an import or its undo is; when its job is over the import itself is asked how it ended. */
export function Running({ about }: { about: Import }) {
  const { t } = useTranslation('import');
  const queries = useQueryClient();
  const { data: job, error } = useJob(about.jobId);
  const over = job?.state === 'done' || job?.state === 'failed';
  useEffect(() => {
    // People, documents and figures are others now.
    if (over) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'jobs' });
  }, [over, queries]);
  const share = job && job.total > 0 ? Math.round((100 * job.progress) / job.total) : 0;
  return (
    <Paper p="lg">
      <Text role="status">{t(about.state === 'undoing' ? 'undoing' : 'running', { total: about.rows })}</Text>
      <Progress.Root size="lg" mt="xs">
        <Progress.Section value={share} aria-label={t(about.state === 'undoing' ? 'undoProgress' : 'progress')} />
      </Progress.Root>
      <ErrorNotice error={error} />
    </Paper>
  );
}
