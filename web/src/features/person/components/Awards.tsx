import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsCityRegister, useMe, type AwardDraft } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ErrorNotice, Group, isNotEmpty, Paper, Select, Stack, Text, TextInput, toast, useForm } from '@/shared/ui';
import { awardsQuery, useAddAward, useDeleteAward } from '../api/awards';

/** Contests that made somebody a teacher-leader. */
export function Awards({ personId }: { personId: string }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  const keeps = keepsCityRegister(useMe());
  const awards = useQuery(awardsQuery(personId));
  const add = useAddAward(personId);
  const remove = useDeleteAward();
  const [adding, setAdding] = useState(false);
  return (
    <Paper p="lg">
      <Stack>
        <ErrorNotice error={awards.error ?? remove.error} />
        {awards.data?.items.length === 0 && <Text c="dimmed">{t('awards.none')}</Text>}
        {awards.data?.items.map((award) => (
          <Group key={award.id} justify="space-between" gap="sm">
            <Text>
              {t('awards.line', {
                contest: award.contest,
                award: t(`awards.kinds.${award.award}`),
                day: formatDate(award.since, language),
              })}
            </Text>
            {keeps && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`${t('shared:actions.delete')}: ${award.contest}`}
                onClick={() =>
                  remove.mutate(award.id, {
                    onSuccess: () =>
                      toast(t('awards.removed'), {
                        label: t('shared:actions.undo'),
                        run: () => add.mutate({ contest: award.contest, award: award.award, since: award.since }),
                      }),
                  })
                }
              >
                {t('shared:actions.delete')}
              </Button>
            )}
          </Group>
        ))}
        {keeps &&
          (adding ? (
            <AwardForm
              error={add.error}
              saving={add.isPending}
              onSave={(draft) => add.mutate(draft, { onSuccess: () => setAdding(false) })}
              onClose={() => setAdding(false)}
            />
          ) : (
            <Group>
              <Button variant="default" size="sm" onClick={() => setAdding(true)}>
                {t('awards.add')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

function AwardForm({
  error,
  saving,
  onSave,
  onClose,
}: {
  error: Error | null;
  saving: boolean;
  onSave: (draft: AwardDraft) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['person', 'shared']);
  const form = useForm<AwardDraft>({
    initialValues: { contest: '', award: 'winner', since: '' },
    validate: { contest: isNotEmpty(t('awards.contestEmpty')), since: isNotEmpty(t('awards.sinceEmpty')) },
  });
  return (
    <form onSubmit={form.onSubmit(onSave)} noValidate>
      <Stack>
        <TextInput label={t('awards.contest')} required {...form.getInputProps('contest')} />
        <Select
          label={t('awards.award')}
          data={(['winner', 'laureate'] as const).map((award) => ({ value: award, label: t(`awards.kinds.${award}`) }))}
          allowDeselect={false}
          {...form.getInputProps('award')}
        />
        <TextInput type="date" label={t('awards.since')} required {...form.getInputProps('since')} />
        <ErrorNotice error={error} />
        <Group>
          <Button type="submit" loading={saving}>
            {t('shared:actions.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
