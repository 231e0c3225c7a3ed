import { useTranslation } from 'react-i18next';
import type { ProjectStep } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Badge, Group, Paper, Stack, Text } from '@/shared/ui';
import { formatIsoDay } from './words';

const kinds = [
  'submit', 'revise', 'start', 'beginClosing', 'requestChange', 'approve', 'reject', 'acceptChange', 'refuseChange',
  'suspend', 'resume', 'reopen', 'closeAsPlanned', 'closeEarly', 'instruct',
] as const;

/** Steps and decisions, as the minutes have them. */
export function StepList({ steps }: { steps: ProjectStep[] }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      {steps.map((step) => {
        const kind = kinds.find((one) => one === step.kind);
        return (
          <Paper key={step.id} p="md" component="article">
            <Group justify="space-between" gap="sm">
              <Text fw={600}>
                {kind ? t(`steps.kinds.${kind}`) : step.kind}
                {step.changeRequest !== null && ` № ${step.changeRequest}`}
              </Text>
              <Text c="dimmed">{formatIsoDay(step.on, language)}</Text>
            </Group>
            {step.minutesNumber !== '' && (
              <Text size="sm" c="dimmed">
                {t('steps.minutes', { number: step.minutesNumber, item: step.item })}
              </Text>
            )}
            {step.wording !== '' && <Text style={{ whiteSpace: 'pre-line' }}>{step.wording}</Text>}
            {step.assignee !== '' && (
              <Group gap="xs" mt="xs">
                <Text size="sm">
                  {step.due === null
                    ? t('steps.assignee', { name: step.assignee })
                    : t('steps.assigneeDue', { name: step.assignee, date: formatIsoDay(step.due, language) })}
                </Text>
                {step.task !== null && (
                  <Badge variant="light" tt="none" color={step.task === 'done' ? 'teal' : step.overdue ? 'red' : 'gray'}>
                    {t(step.task === 'done' ? 'steps.done' : step.overdue ? 'steps.overdue' : 'steps.open')}
                  </Badge>
                )}
              </Group>
            )}
          </Paper>
        );
      })}
    </Stack>
  );
}
