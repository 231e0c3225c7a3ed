import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Letterhead } from '@/shared/api';
import { Button, ErrorNotice, Group, Page, Paper, Stack, TextInput, toast, useForm } from '@/shared/ui';
import { letterheadQuery, useSaveLetterhead } from '../api/letterhead';
import { Pictures } from '../components/Pictures';

/** In whose name papers are given out. */
export function LetterheadPage() {
  const { t } = useTranslation('certificate');
  const { data: letterhead } = useSuspenseQuery(letterheadQuery);
  return (
    <Page title={t('letterhead.title')} subtitle={t('letterhead.text')} narrow>
      <Stack gap="lg">
        <Words letterhead={letterhead} />
        <Pictures letterhead={letterhead} />
      </Stack>
    </Page>
  );
}

function Words({ letterhead }: { letterhead: Letterhead }) {
  const { t } = useTranslation(['certificate', 'shared']);
  const save = useSaveLetterhead();
  const form = useForm({
    initialValues: {
      organisation: letterhead.organisation,
      signerPosition: letterhead.signerPosition,
      signerName: letterhead.signerName,
    },
  });
  return (
    <Paper p="lg">
      <form onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: () => toast(t('letterhead.saved')) }))}>
        <Stack>
          <TextInput label={t('letterhead.organisation')} required maxLength={200} {...form.getInputProps('organisation')} />
          <TextInput label={t('letterhead.signerPosition')} maxLength={200} {...form.getInputProps('signerPosition')} />
          <TextInput label={t('letterhead.signerName')} maxLength={200} {...form.getInputProps('signerName')} />
          <ErrorNotice error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('shared:actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
