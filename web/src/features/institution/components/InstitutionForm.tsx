import { useTranslation } from 'react-i18next';
import { ApiError, type InstitutionDraft } from '@/shared/api';
import { InstitutionPicker } from '@/shared/pickers';
import { Button, Checkbox, ErrorNotice, Group, Paper, Select, Stack, TextInput, useForm } from '@/shared/ui';
import { kinds, type InstitutionValues } from './institutionForm';

type Props = {
  initial: InstitutionValues;
  submitLabel: string;
  onChange?: (values: InstitutionValues) => void;
  onSubmit: (draft: InstitutionDraft) => void;
  onCancel: () => void;
  pending: boolean;
  error: unknown;
};

export function InstitutionForm({ initial, submitLabel, onChange, onSubmit, onCancel, pending, error }: Props) {
  const { t } = useTranslation(['institution', 'shared']);
  const form = useForm<InstitutionValues>({
    initialValues: initial,
    onValuesChange: onChange,
    validate: {
      name: (value) => (value.trim() ? null : t('form.nameEmpty')),
      shortName: (value) => (value.trim() ? null : t('form.shortNameEmpty')),
    },
  });
  const refused = error instanceof ApiError ? error.fields : {};
  const submit = form.onSubmit((values) =>
    onSubmit({
      name: values.name.trim(),
      shortName: values.shortName.trim(),
      kind: values.kind,
      address: values.address.trim(),
      municipal: values.municipal,
      buildingOf: values.legalEntity?.id ?? null,
    }),
  );
  return (
    <Paper p="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('form.name')}
            placeholder={t('form.nameExample')}
            required
            {...form.getInputProps('name')}
            error={form.errors['name'] ?? refused['name']}
          />
          <TextInput
            label={t('form.shortName')}
            placeholder={t('form.shortNameExample')}
            required
            {...form.getInputProps('shortName')}
            error={form.errors['shortName'] ?? refused['shortName']}
          />
          <Select
            label={t('columns.kind')}
            data={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            allowDeselect={false}
            {...form.getInputProps('kind')}
            error={refused['kind']}
          />
          <TextInput label={t('columns.address')} {...form.getInputProps('address')} error={refused['address']} />
          <InstitutionPicker
            label={t('form.buildingOf')}
            description={t('form.buildingOfText')}
            value={form.values.legalEntity}
            onPick={(picked) => form.setFieldValue('legalEntity', picked)}
            error={refused['buildingOf']}
          />
          <Checkbox size="md" label={t('form.municipal')} {...form.getInputProps('municipal', { type: 'checkbox' })} />
          <ErrorNotice error={error} onRetry={() => submit()} />
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
    </Paper>
  );
}
