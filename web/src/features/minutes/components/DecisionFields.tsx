import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MinutesDecision } from '@/shared/api';
import { ActionIcon, Group, Stack, Textarea, TextInput } from '@/shared/ui';
import { AssigneePicker } from './AssigneePicker';

type Props = {
  decision: MinutesDecision;
  /** «1.2». */
  number: string;
  onChange: (decision: MinutesDecision) => void;
  onRemove: () => void;
};

/** One decision; with somebody to do it or a date it becomes a task. */
export function DecisionFields({ decision, number, onChange, onRemove }: Props) {
  const { t } = useTranslation('minutes');
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap">
      <Stack gap="xs" flex={1} miw={0}>
        <Textarea
          label={t('decision.text', { number })}
          autosize
          minRows={1}
          maxLength={10_000}
          value={decision.text}
          onChange={(event) => onChange({ ...decision, text: event.currentTarget.value })}
        />
        <Group gap="md" align="flex-start">
          <AssigneePicker
            label={t('decision.assignee', { number })}
            name={decision.assignee ?? ''}
            onChange={(assignee, assigneeId) => onChange({ ...decision, assignee, assigneeId })}
          />
          <TextInput
            type="date"
            w={180}
            label={t('decision.due', { number })}
            value={decision.due ?? ''}
            onChange={(event) => onChange({ ...decision, due: event.currentTarget.value || null })}
          />
        </Group>
      </Stack>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        mt={28}
        aria-label={t('decision.remove', { number })}
        onClick={onRemove}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
