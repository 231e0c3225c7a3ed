import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QuestionKind } from '@/shared/api';
import { ActionIcon, Button, Checkbox, Fieldset, Group, Select, Stack, Text, Textarea, TextInput } from '@/shared/ui';
import { blankQuestion, type QuestionValues, type RegistrationValues } from './registrationForm';

const kinds: QuestionKind[] = ['text', 'choice', 'several', 'yes_no'];
const MOST_QUESTIONS = 20;

type Props = {
  value: RegistrationValues;
  onChange: (value: RegistrationValues) => void;
  /** What the server said, by field. */
  refused: Record<string, string>;
};

/** Whether people register, and what they are asked. */
export function RegistrationFields({ value, onChange, refused }: Props) {
  const { t } = useTranslation('event');
  const set = (change: Partial<RegistrationValues>) => onChange({ ...value, ...change });
  const setQuestion = (place: number, change: Partial<QuestionValues>) =>
    set({ questions: value.questions.map((one, at) => (at === place ? { ...one, ...change } : one)) });
  return (
    <Stack>
      <Checkbox
        size="md"
        label={t('registration.asked')}
        description={t('registration.askedHint')}
        checked={value.asked}
        onChange={(event) => set({ asked: event.currentTarget.checked })}
      />
      {value.asked && (
        <>
          <TextInput
            label={t('registration.seats')}
            description={t('registration.seatsHint')}
            inputMode="numeric"
            maxLength={6}
            maw={320}
            value={value.seats}
            onChange={(event) => set({ seats: event.currentTarget.value.replaceAll(/\D/g, '') })}
            error={refused['registration.seats']}
          />
          <Group align="flex-start" gap="md">
            <TextInput
              type="date"
              label={t('registration.deadlineDay')}
              description={t('registration.deadlineHint')}
              flex="1 1 12rem"
              value={value.deadlineDay}
              onChange={(event) => set({ deadlineDay: event.currentTarget.value })}
              error={refused['registration.deadline']}
            />
            {value.deadlineDay && (
              <TextInput
                type="time"
                label={t('registration.deadlineTime')}
                flex="1 1 8rem"
                value={value.deadlineTime}
                onChange={(event) => set({ deadlineTime: event.currentTarget.value })}
              />
            )}
          </Group>
          <Checkbox
            size="md"
            label={t('registration.approval')}
            description={t('registration.approvalHint')}
            checked={value.approval}
            onChange={(event) => set({ approval: event.currentTarget.checked })}
          />
          {value.questions.map((question, place) => (
            <QuestionFields
              key={question.id}
              number={place + 1}
              value={question}
              error={refused[`registration.questions.${place}`]}
              onChange={(change) => setQuestion(place, change)}
              onRemove={() => set({ questions: value.questions.filter((one) => one.id !== question.id) })}
            />
          ))}
          {refused['registration.questions'] && (
            <Text c="red" size="sm" role="alert">
              {refused['registration.questions']}
            </Text>
          )}
          {value.questions.length < MOST_QUESTIONS && (
            <Group>
              <Button variant="default" size="sm" onClick={() => set({ questions: [...value.questions, blankQuestion()] })}>
                {t('registration.add')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

type QuestionProps = {
  number: number;
  value: QuestionValues;
  error?: string | undefined;
  onChange: (change: Partial<QuestionValues>) => void;
  onRemove: () => void;
};

function QuestionFields({ number, value, error, onChange, onRemove }: QuestionProps) {
  const { t } = useTranslation('event');
  const choosing = value.kind === 'choice' || value.kind === 'several';
  return (
    <Fieldset legend={t('registration.question', { number })}>
      <Stack gap="sm">
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t('registration.question', { number })}
            maxLength={300}
            flex={1}
            value={value.text}
            onChange={(event) => onChange({ text: event.currentTarget.value })}
            error={error}
          />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('registration.remove', { number })} onClick={onRemove}>
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
        <Select
          label={t('registration.kind')}
          data={kinds.map((kind) => ({ value: kind, label: t(`registration.kinds.${kind}`) }))}
          allowDeselect={false}
          value={value.kind}
          onChange={(chosen) => onChange({ kind: kinds.find((known) => known === chosen) ?? 'text' })}
        />
        {choosing && (
          <Textarea
            label={t('registration.options')}
            description={t('registration.optionsHint')}
            autosize
            minRows={2}
            value={value.options}
            onChange={(event) => onChange({ options: event.currentTarget.value })}
          />
        )}
        <Checkbox
          size="md"
          label={t('registration.required')}
          checked={value.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  );
}
