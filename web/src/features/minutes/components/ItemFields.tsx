import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MinutesBody } from '@/shared/api';
import { Button, Group, Paper, Stack, Text, Textarea, TextInput } from '@/shared/ui';
import { DecisionFields } from './DecisionFields';
import { put } from './minutesForm';

type Item = MinutesBody['items'][number];
type Props = { item: Item; number: number; onChange: (item: Item) => void; onRemove: () => void };

/** One item of the agenda: who spoke, what was said, what was decided. */
export function ItemFields({ item, number, onChange, onRemove }: Props) {
  const { t } = useTranslation('minutes');
  const decided = item.decided ?? [];
  return (
    <Paper p="lg" component="section" aria-label={t('item.label', { number })}>
      <Stack>
        <Group align="flex-end" gap="md">
          <TextInput
            flex="2 1 16rem"
            label={t('item.topic', { number })}
            required
            maxLength={300}
            value={item.topic}
            onChange={(event) => onChange({ ...item, topic: event.currentTarget.value })}
          />
          <TextInput
            flex="1 1 12rem"
            label={t('item.speaker')}
            maxLength={300}
            value={item.speaker ?? ''}
            onChange={(event) => onChange({ ...item, speaker: event.currentTarget.value })}
          />
        </Group>
        <Textarea
          label={t('item.heard')}
          autosize
          minRows={2}
          maxLength={10_000}
          value={item.heard ?? ''}
          onChange={(event) => onChange({ ...item, heard: event.currentTarget.value })}
        />
        <Textarea
          label={t('item.spoke')}
          autosize
          minRows={2}
          maxLength={10_000}
          value={item.spoke ?? ''}
          onChange={(event) => onChange({ ...item, spoke: event.currentTarget.value })}
        />
        <Text fw={600}>{t('item.decided')}</Text>
        {decided.map((decision, place) => (
          <DecisionFields
            // New decisions have no id until they are saved.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            decision={decision}
            number={`${number}.${place + 1}`}
            onChange={(to) => onChange({ ...item, decided: put(decided, place, to) })}
            onRemove={() => onChange({ ...item, decided: put(decided, place) })}
          />
        ))}
        <Group>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => onChange({ ...item, decided: [...decided, { text: '' }] })}
          >
            {t('decision.add')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="sm"
            leftSection={<IconX size={16} aria-hidden />}
            onClick={onRemove}
          >
            {t('item.remove')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
