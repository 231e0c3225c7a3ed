import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime, formatTime, sameDay } from '@/shared/lib/dates';
import { PeoplePicker } from '@/shared/pickers';
import { Button, Checkbox, ErrorNotice, Group, Paper, Radio, Select, Stack, Text, TextInput, useForm } from '@/shared/ui';
import { kinds, lengths, spanOf, type EventValues } from './eventForm';

type Props = {
  initial: EventValues;
  submitLabel: string;
  onChange?: (values: EventValues) => void;
  onSubmit: (values: EventValues) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
};

/** The fields of a meeting, for planning and for changing one. */
export function EventForm({ initial, submitLabel, onChange, onSubmit, onCancel, pending, error }: Props) {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const form = useForm<EventValues>({
    initialValues: initial,
    onValuesChange: onChange,
    validate: {
      title: (value) => (value.trim() ? null : t('form.titleEmpty')),
      day: (value) => (value ? null : t('form.dayEmpty')),
      time: (value) => (value ? null : t('form.timeEmpty')),
    },
  });
  const span = spanOf(form.values);
  const refused = error instanceof ApiError ? error.fields : {};
  const minutes = [...new Set([...lengths.map(String), form.values.minutes])].sort((a, b) => Number(a) - Number(b));

  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack gap="lg">
        <Paper p="lg">
          <Stack>
            <TextInput
              label={t('form.title')}
              placeholder={t('form.titleExample')}
              maxLength={200}
              required
              data-autofocus
              {...form.getInputProps('title')}
              error={form.errors['title'] ?? refused['title']}
            />
            <Select
              label={t('form.kind')}
              data={kinds.map((kind) => ({ value: kind, label: t(`shared:eventKinds.${kind}`) }))}
              allowDeselect={false}
              {...form.getInputProps('kind')}
              error={refused['kind']}
            />
            <Group align="flex-start" gap="md">
              <TextInput
                type="date"
                label={t('form.day')}
                required
                flex="1 1 10rem"
                {...form.getInputProps('day')}
                error={form.errors['day'] ?? refused['startsAt']}
              />
              <TextInput
                type="time"
                label={t('form.time')}
                required
                flex="1 1 8rem"
                {...form.getInputProps('time')}
                error={form.errors['time']}
              />
              <Select
                label={t('form.length')}
                data={minutes.map((value) => ({ value, label: lengthInWords(Number(value), t) }))}
                allowDeselect={false}
                flex="1 1 10rem"
                {...form.getInputProps('minutes')}
                error={refused['endsAt']}
              />
            </Group>
            {span && (
              <Text size="sm" c="dimmed" aria-live="polite">
                {t('form.ends', {
                  time: sameDay(span.start, span.end)
                    ? formatTime(span.end, language)
                    : formatDateTime(span.end, language),
                })}
              </Text>
            )}
          </Stack>
        </Paper>
        <Paper p="lg">
          <Stack>
            <PeoplePicker
              value={form.values.invitees}
              onPick={(people) => form.setFieldValue('invitees', people)}
              description={t('form.inviteesHint')}
              error={refused['inviteeIds']}
            />
            <Checkbox
              size="md"
              label={t('form.guests')}
              description={t('form.guestsHint')}
              {...form.getInputProps('guestsAllowed', { type: 'checkbox' })}
            />
            <Radio.Group label={t('form.lobby')} description={t('form.lobbyHint')} size="md" {...form.getInputProps('lobby')}>
              <Stack gap="xs" mt="xs">
                {(['off', 'guests', 'everyone'] as const).map((lobby) => (
                  <Radio key={lobby} size="md" value={lobby} label={t(`form.lobbies.${lobby}`)} />
                ))}
              </Stack>
            </Radio.Group>
          </Stack>
        </Paper>
        <ErrorNotice error={error} onRetry={() => onSubmit(form.values)} />
        <Group>
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function lengthInWords(minutes: number, t: ReturnType<typeof useTranslation<['event', 'shared']>>['t']): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && t('form.hours', { count: hours }), rest > 0 && t('form.minutes', { count: rest })]
    .filter(Boolean)
    .join(' ');
}
