import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Task } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Badge, Button, ErrorNotice, Group, Paper, Section, Stack, Text, TextLink, toast } from '@/shared/ui';
import { myTasksQuery, useSetTask } from '../api/tasks';

/** What meetings and the project's Commission asked of this person and is not done; nothing at all where there is nothing. */
export function MyTasks() {
  const { t } = useTranslation('task');
  const tasks = useQuery(myTasksQuery);
  if (!tasks.data || tasks.data.total === 0) return null;
  return (
    <Section title={t('mine')}>
      <Stack gap="sm">
        {tasks.data.items.map((task) => (
          <TaskCard key={task.id} task={task} />
        ))}
      </Stack>
    </Section>
  );
}

function TaskCard({ task }: { task: Task }) {
  const { t } = useTranslation(['task', 'shared']);
  const { language } = useLanguage();
  const set = useSetTask();
  const done = () =>
    set.mutate(
      { id: task.id, state: 'done' },
      {
        onSuccess: () =>
          toast(t('done'), { label: t('shared:actions.undo'), run: () => set.mutate({ id: task.id, state: 'open' }) }),
      },
    );
  return (
    <Paper p="md" component="article" aria-label={task.text}>
      <Group justify="space-between" gap="md">
        <Stack gap={2} flex="1 1 14rem">
          <Text style={{ whiteSpace: 'pre-line' }}>{task.text}</Text>
          <Group gap="xs">
            {task.due && (
              <Badge variant="light" tt="none" color={task.overdue ? 'red' : 'gray'}>
                {t(task.overdue ? 'overdue' : 'due', { date: formatDate(task.due, language) })}
              </Badge>
            )}
            {task.eventId === null ? (
              <TextLink to="/project/changes">{t('ofProject')}</TextLink>
            ) : (
              <TextLink to="/meetings/$eventId/minutes" params={{ eventId: task.eventId }}>
                {task.eventTitle}
              </TextLink>
            )}
          </Group>
        </Stack>
        <Button size="sm" variant="default" loading={set.isPending} onClick={done}>
          {t('do')}
        </Button>
      </Group>
      <ErrorNotice error={set.error} />
    </Paper>
  );
}
