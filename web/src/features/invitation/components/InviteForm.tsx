import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { Button, CopyField, ErrorNotice, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text, useForm } from '@/shared/ui';
import { positionsQuery, useInvite } from '../api/invitations';
import { InstitutionField, useOnlyInstitution } from './InstitutionField';

type Values = {
  institution: { id: string; name: string } | null;
  positionCode: string | null;
  maxUses: number | string;
  expiresInDays: string;
};

/** Makes one link for many people of an institution; the link is shown once. */
export function InviteForm() {
  const { t } = useTranslation(['invitation', 'shared']);
  const only = useOnlyInstitution();
  const positions = useQuery(positionsQuery);
  const invite = useInvite();
  const form = useForm<Values>({
    initialValues: { institution: only, positionCode: null, maxUses: 30, expiresInDays: '14' },
    validate: {
      institution: (value) => (value ? null : t('institutionEmpty')),
      maxUses: (value) => (Number(value) >= 1 ? null : t('link.usesEmpty')),
    },
  });
  const refused = invite.error instanceof ApiError ? invite.error.fields : {};
  const submit = form.onSubmit(({ institution, positionCode, maxUses, expiresInDays }) => {
    if (!institution) return;
    invite.mutate({
      institutionId: institution.id,
      positionCode,
      maxUses: Number(maxUses),
      expiresInDays: Number(expiresInDays),
    });
  });

  return (
    <Paper p="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{t('link.text')}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <InstitutionField
              value={form.values.institution}
              onPick={(institution) => form.setFieldValue('institution', institution)}
              error={form.errors['institution'] ?? refused['institutionId']}
            />
            <Select
              label={t('link.position')}
              placeholder={t('link.anyPosition')}
              data={(positions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
              {...form.getInputProps('positionCode')}
            />
            <NumberInput
              label={t('link.uses')}
              min={1}
              max={500}
              size="md"
              {...form.getInputProps('maxUses')}
              error={form.errors['maxUses'] ?? refused['maxUses']}
            />
            <Select
              label={t('link.expires')}
              data={['3', '7', '14', '30'].map((days) => ({ value: days, label: t('link.days', { count: Number(days) }) }))}
              allowDeselect={false}
              {...form.getInputProps('expiresInDays')}
              error={refused['expiresInDays']}
            />
          </SimpleGrid>
          <ErrorNotice error={invite.error ?? positions.error} onRetry={() => submit()} />
          {invite.data?.url ? (
            <Stack role="status" gap="xs">
              <CopyField label={t('link.ready')} value={new URL(invite.data.url, window.location.origin).href} />
              <Text size="sm" c="dimmed">
                {t('link.once')}
              </Text>
              <Group>
                <Button variant="default" onClick={() => invite.reset()}>
                  {t('link.more')}
                </Button>
              </Group>
            </Stack>
          ) : (
            <Group>
              <Button type="submit" loading={invite.isPending}>
                {t('link.do')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
