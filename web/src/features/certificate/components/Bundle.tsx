import { IconDownload, IconFileZip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useJob } from '@/shared/job';
import { Alert, Button, ErrorNotice, Group, Paper, Progress, Stack, Text } from '@/shared/ui';
import { useBundle } from '../api/certificates';

/** All certificates of a meeting as one file, printed in the background. */
export function Bundle({ eventId }: { eventId: string }) {
  const { t } = useTranslation('certificate');
  const bundle = useBundle(eventId);
  const { data: job, error } = useJob(bundle.data?.id ?? null);
  const running = bundle.isPending || job?.state === 'queued' || job?.state === 'running';
  return (
    <Stack gap="sm">
      <Group>
        <Button
          variant="default"
          loading={running}
          onClick={() => bundle.mutate()}
          leftSection={<IconFileZip size={18} aria-hidden />}
        >
          {t('bundle.make')}
        </Button>
      </Group>
      <ErrorNotice error={bundle.error ?? error} />
      {job?.state === 'failed' && (
        <Alert role="alert" color="red" variant="light">
          {t('bundle.failed')}
        </Alert>
      )}
      {job && job.state !== 'failed' && (
        <Paper p="lg">
          <Group justify="space-between">
            <Text role="status">
              {job.state === 'done'
                ? t('bundle.done', { count: job.total })
                : t('bundle.running', { done: job.progress, total: job.total })}
            </Text>
            {job.state === 'done' && (
              <Button component="a" href={`/api/jobs/${job.id}/file.zip`} download leftSection={<IconDownload size={18} aria-hidden />}>
                {t('bundle.save')}
              </Button>
            )}
          </Group>
          {job.state !== 'done' && (
            <Progress.Root size="lg" mt="xs">
              <Progress.Section
                value={job.total > 0 ? Math.round((100 * job.progress) / job.total) : 0}
                aria-label={t('bundle.label')}
              />
            </Progress.Root>
          )}
        </Paper>
      )}
    </Stack>
  );
}
