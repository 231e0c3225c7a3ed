import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaveDraft } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ErrorNotice, Group, isNotEmpty, Select, Stack, Text, TextInput, useForm } from '@/shared/ui';
import { leavesQuery, useAddLeave, useDeleteLeave } from '../api/leaves';

/** When somebody is away from a place of work and still employed there. */
export function Leaves({ employmentId, editable }: { employmentId: string; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  const leaves = useQuery(leavesQuery(employmentId));
  const add = useAddLeave(employmentId);
  const remove = useDeleteLeave(employmentId);
  const [adding, setAdding] = useState(false);
  const date = (day: string) => formatDate(day, language);
  return (
    <Stack gap={4} pl="md">
      {leaves.data?.items.map((leave) => {
        const words = `${t(`leaves.kinds.${leave.kind}`)}, ${
          leave.endsOn
            ? t('employments.span', { from: date(leave.startsOn), to: date(leave.endsOn) })
            : t('employments.since', { from: date(leave.startsOn) })
        }`;
        return (
          <Group key={leave.id} gap="sm">
            <Text size="sm">{words}</Text>
            {editable && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`${t('shared:actions.delete')}: ${words}`}
                loading={remove.isPending}
                onClick={() => remove.mutate(leave.id)}
              >
                {t('shared:actions.delete')}
              </Button>
            )}
          </Group>
        );
      })}
      <ErrorNotice error={leaves.error ?? remove.error} />
      {editable &&
        (adding ? (
          <LeaveForm
            error={add.error}
            saving={add.isPending}
            onSave={(draft) => add.mutate(draft, { onSuccess: () => setAdding(false) })}
            onClose={() => setAdding(false)}
          />
        ) : (
          <Group>
            <Button variant="subtle" size="compact-sm" onClick={() => setAdding(true)}>
              {t('leaves.add')}
            </Button>
          </Group>
        ))}
    </Stack>
  );
}

function LeaveForm({
  error,
  saving,
  onSave,
  onClose,
}: {
  error: Error | null;
  saving: boolean;
  onSave: (draft: LeaveDraft) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['person', 'shared']);
  const form = useForm<{ kind: LeaveDraft['kind']; startsOn: string; endsOn: string }>({
    initialValues: { kind: 'parental', startsOn: '', endsOn: '' },
    validate: { startsOn: isNotEmpty(t('employments.startEmpty')) },
  });
  return (
    <form onSubmit={form.onSubmit(onSave)} noValidate>
      <Stack gap="sm">
        <Select
          label={t('leaves.kind')}
          data={(['parental', 'other'] as const).map((kind) => ({ value: kind, label: t(`leaves.kinds.${kind}`) }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <TextInput type="date" label={t('leaves.starts')} required {...form.getInputProps('startsOn')} />
        <TextInput type="date" label={t('leaves.ends')} description={t('leaves.endsHint')} {...form.getInputProps('endsOn')} />
        <ErrorNotice error={error} />
        <Group>
          <Button type="submit" size="sm" loading={saving}>
            {t('shared:actions.save')}
          </Button>
          <Button size="sm" variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
