import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MinutesBody } from '@/shared/api';
import { ActionIcon, Button, Group, Stack, TextInput } from '@/shared/ui';
import { put } from './minutesForm';

type Attended = MinutesBody['attended'];

/** Those who were there: prefilled from the presence, corrected by hand. */
export function AttendedFields({ attended, onChange }: { attended: Attended; onChange: (attended: Attended) => void }) {
  const { t } = useTranslation('minutes');
  return (
    <Stack gap="xs">
      {attended.map((one, place) => (
        // Places have no identity of their own: a line is its place in the list.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={place} gap="xs" wrap="nowrap">
          <TextInput
            flex={2}
            aria-label={t('attended.name', { place: place + 1 })}
            value={one.name}
            maxLength={300}
            onChange={(event) => onChange(put(attended, place, { ...one, name: event.currentTarget.value }))}
          />
          <TextInput
            flex={1}
            aria-label={t('attended.institution', { place: place + 1 })}
            value={one.institution ?? ''}
            maxLength={300}
            onChange={(event) => onChange(put(attended, place, { ...one, institution: event.currentTarget.value }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('attended.remove', { name: one.name })}
            onClick={() => onChange(put(attended, place))}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...attended, { name: '', institution: '' }])}
        >
          {t('attended.add')}
        </Button>
      </Group>
    </Stack>
  );
}
