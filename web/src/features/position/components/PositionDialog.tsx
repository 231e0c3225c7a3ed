import { useTranslation } from 'react-i18next';
import { ApiError, type Position, type PositionDraft } from '@/shared/api';
import { Button, ErrorNotice, Group, isNotEmpty, Modal, NativeSelect, Stack, Text, TextInput, toast, useForm } from '@/shared/ui';
import { useSavePosition } from '../api/positions';

export const groups = ['teaching', 'management', 'support'] as const;

/** A new position, or names and days of one that there is. */
export function PositionDialog({ position, onClose }: { position: Position | null; onClose: () => void }) {
  const { t } = useTranslation(['position', 'shared']);
  const save = useSavePosition(position === null);
  const form = useForm({
    initialValues: {
      code: position?.code ?? '',
      group: position?.group ?? ('teaching' as const),
      nameRu: position?.nameRu ?? '',
      nameEn: position?.nameEn ?? '',
      from: position?.from ?? '',
      until: position?.until ?? '',
    },
    validate: { code: isNotEmpty(t('codeEmpty')), nameRu: isNotEmpty(t('nameEmpty')) },
  });
  const refused = save.error instanceof ApiError ? save.error.fields : {};
  const field = (name: 'code' | 'nameRu' | 'nameEn' | 'from' | 'until') => {
    const props = form.getInputProps(name);
    return { ...props, error: props.error ?? refused[name] };
  };
  const submit = (values: typeof form.values) => {
    const draft: PositionDraft = { ...values, from: values.from || null, until: values.until || null };
    save.mutate(draft, {
      onSuccess: () => {
        toast(t('saved'));
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t(position ? 'editTitle' : 'addTitle')} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          <TextInput label={t('nameRu')} required maxLength={200} {...field('nameRu')} />
          <TextInput label={t('nameEn')} maxLength={200} {...field('nameEn')} />
          {position === null && (
            <>
              <NativeSelect
                label={t('group')}
                description={t('groupText')}
                data={groups.map((value) => ({ value, label: t(`groups.${value}`) }))}
                {...form.getInputProps('group')}
              />
              <TextInput label={t('code')} description={t('codeText')} required maxLength={40} {...field('code')} />
            </>
          )}
          <Group grow align="flex-start">
            <TextInput type="date" label={t('from')} {...field('from')} />
            <TextInput type="date" label={t('until')} {...field('until')} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('daysText')}
          </Text>
          <ErrorNotice error={Object.keys(refused).length > 0 ? null : save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('shared:actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
