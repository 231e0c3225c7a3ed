import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime, formatTime, sameDay } from '@/shared/lib/dates';
import { associationsQuery, GroupPicker, InvitationPreview, PeoplePicker } from '@/shared/pickers';
import { Button, Checkbox, ErrorNotice, Group, Paper, Radio, Select, Stack, Text, Textarea, TextInput, useForm } from '@/shared/ui';
import { templatesQuery } from '../api/events';
import { ClashNotice } from './ClashNotice';
import { kinds, lengths, spanOf, withTemplate, type EventValues } from './eventForm';
import { RegistrationFields } from './RegistrationFields';
import { RepeatFields } from './RepeatFields';

type Props = {
  initial: EventValues;
  /** The meeting that is changed; a new one is none yet, and may repeat. */
  eventId?: string;
  submitLabel: string;
  onChange?: (values: EventValues) => void;
  onSubmit: (values: EventValues) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
};

/** The fields of a meeting, for planning and for changing one. */
export function EventForm({ initial, eventId, submitLabel, onChange, onSubmit, onCancel, pending, error }: Props) {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const templates = useQuery(templatesQuery);
  const associations = useQuery(associationsQuery);
  const form = useForm<EventValues>({
    initialValues: initial,
    onValuesChange: onChange,
    validate: {
      title: (value) => (value.trim() ? null : t('form.titleEmpty')),
      day: (value) => (value ? null : t('form.dayEmpty')),
      time: (value) => (value ? null : t('form.timeEmpty')),
      repeat: (value) => (value.every === 'never' || value.until ? null : t('repeat.untilEmpty')),
    },
  });
  const span = spanOf(form.values);
  const refused = error instanceof ApiError ? error.fields : {};
  const minutes = [...new Set([...lengths.map(String), form.values.minutes])].sort((a, b) => Number(a) - Number(b));
  const mine = associations.data?.items.filter((one) => one.mayLead || one.id === initial.associationId) ?? [];
  const template = (kind: string | null) => templates.data?.items.find((one) => one.kind === kind);
  const chooseKind = (chosen: string | null) => {
    const kind = kinds.find((known) => known === chosen);
    const next = template(chosen);
    if (!kind) return;
    // A meeting that stands already keeps what was decided for it.
    if (!next || eventId !== undefined) form.setFieldValue('kind', kind);
    else form.setValues(withTemplate(form.values, next, template(form.values.kind)));
  };

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
              onChange={chooseKind}
              error={refused['kind']}
            />
            {mine.length > 0 && (
              <Select
                label={t('form.association')}
                placeholder={t('form.noAssociation')}
                data={mine.map(({ id, name }) => ({ value: id, label: name }))}
                searchable
                clearable
                clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
                value={form.values.associationId || null}
                onChange={(id) => form.setFieldValue('associationId', id ?? '')}
                error={refused['associationId']}
              />
            )}
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
            {eventId === undefined && (
              <RepeatFields
                value={form.values.repeat}
                start={span?.start ?? null}
                onChange={(repeat) => form.setFieldValue('repeat', repeat)}
                error={(form.errors['repeat'] as string | undefined) ?? refused['repeat']}
              />
            )}
            <ClashNotice span={span} people={form.values.invitees.map(({ id }) => id)} exceptEventId={eventId} />
          </Stack>
        </Paper>
        <Paper p="lg">
          <Stack>
            <Textarea
              label={t('form.description')}
              description={t('form.descriptionHint')}
              autosize
              minRows={3}
              maxRows={14}
              maxLength={10_000}
              {...form.getInputProps('description')}
              error={refused['description']}
            />
            <TextInput
              label={t('form.subject')}
              placeholder={t('form.subjectExample')}
              maxLength={100}
              {...form.getInputProps('subject')}
              error={refused['subject']}
            />
            <Radio.Group label={t('form.audience')} size="md" {...form.getInputProps('audience')}>
              <Stack gap="xs" mt="xs">
                {(['invited', 'city', 'public'] as const).map((audience) => (
                  <Radio key={audience} size="md" value={audience} label={t(`form.audiences.${audience}`)} />
                ))}
              </Stack>
            </Radio.Group>
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
            <Radio.Group label={t('form.mode')} description={t('form.modeHint')} size="md" {...form.getInputProps('mode')}>
              <Stack gap="xs" mt="xs">
                {(['meeting', 'webinar'] as const).map((mode) => (
                  <Radio key={mode} size="md" value={mode} label={t(`form.modes.${mode}`)} />
                ))}
              </Stack>
            </Radio.Group>
            {eventId === undefined && (
              <>
                <GroupPicker
                  value={form.values.groups}
                  onPick={(groups) => form.setFieldValue('groups', groups)}
                  error={Object.entries(refused).find(([name]) => name.startsWith('groups'))?.[1]}
                />
                <InvitationPreview
                  list={{
                    personIds: form.values.invitees.map(({ id }) => id),
                    groups: form.values.groups.map(({ group }) => group),
                  }}
                />
              </>
            )}
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
        <Paper p="lg" component="section" aria-label={t('registration.title')}>
          <RegistrationFields
            value={form.values.registration}
            onChange={(registration) => form.setFieldValue('registration', registration)}
            refused={refused}
          />
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
