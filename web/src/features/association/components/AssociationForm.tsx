import { useTranslation } from 'react-i18next';
import { ApiError, type Association, type AssociationDraft } from '@/shared/api';
import { PersonPicker, type Picked } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Paper, Stack, TextInput, useForm } from '@/shared/ui';

type Values = {
  name: string;
  subject: string;
  level: string;
  head: Picked | null;
  curator: Picked | null;
  standIn: Picked | null;
};

type Props = {
  initial?: Association;
  submitLabel: string;
  onSubmit: (draft: AssociationDraft) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
};

/** What an association is called and who leads it. */
export function AssociationForm({ initial, submitLabel, onSubmit, onCancel, pending, error }: Props) {
  const { t } = useTranslation(['association', 'shared']);
  const form = useForm<Values>({
    initialValues: {
      name: initial?.name ?? '',
      subject: initial?.subject ?? '',
      level: initial?.level ?? '',
      head: initial?.head ?? null,
      curator: initial?.curator ?? null,
      standIn: initial?.standIn ?? null,
    },
    validate: { name: (value) => (value.trim() ? null : t('form.nameEmpty')) },
  });
  const refused = error instanceof ApiError ? error.fields : {};
  const submit = ({ name, subject, level, head, curator, standIn }: Values) =>
    onSubmit({
      name: name.trim(),
      subject: subject.trim(),
      level: level.trim(),
      headId: head?.id ?? null,
      curatorId: curator?.id ?? null,
      standInId: standIn?.id ?? null,
    });
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Paper p="lg">
        <Stack>
          <TextInput
            label={t('form.name')}
            placeholder={t('form.nameExample')}
            maxLength={200}
            required
            data-autofocus
            {...form.getInputProps('name')}
            error={form.errors['name'] ?? refused['name']}
          />
          <Group align="flex-start" grow>
            <TextInput
              label={t('subject')}
              maxLength={100}
              {...form.getInputProps('subject')}
              error={refused['subject']}
            />
            <TextInput label={t('level')} maxLength={100} {...form.getInputProps('level')} error={refused['level']} />
          </Group>
          {(['head', 'standIn', 'curator'] as const).map((leader) => (
            <PersonPicker
              key={leader}
              label={t(leader)}
              description={t(`form.${leader}Hint`)}
              value={form.values[leader]}
              onPick={(person) => form.setFieldValue(leader, person)}
              error={refused[`${leader}Id`]}
            />
          ))}
          <ErrorNotice error={error} />
          <Group>
            <Button type="submit" loading={pending}>
              {submitLabel}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}
