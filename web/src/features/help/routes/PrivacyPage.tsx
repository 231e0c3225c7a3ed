import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, client, meQuery, useMe } from '@/shared/api';
import { Alert, ButtonLink, ConfirmButton, ErrorNotice, Page, Paper, Paragraphs, Section, Skeleton, Stack, Text } from '@/shared/ui';

/** What the product keeps about people, in words, and the text of the consent as it stands today. */
export function PrivacyPage() {
  const { t } = useTranslation('help');
  const consent = useQuery({
    queryKey: ['consent-text'],
    queryFn: () => answer(client.GET('/api/consent-text')),
  });
  return (
    <Page title={t('privacyPage.title')} narrow>
      <Stack gap="sm" mb="xl">
        <Text>{t('privacyPage.where')}</Text>
        <Text>{t('privacyPage.what')}</Text>
        <Text>{t('privacyPage.media')}</Text>
        <Text>{t('privacyPage.cookie')}</Text>
        <Text>{t('privacyPage.log')}</Text>
        <Text>{t('privacyPage.guests')}</Text>
      </Stack>
      <Section title={consent.data?.title ?? t('privacyPage.consent')}>
        <ErrorNotice error={consent.error} onRetry={() => void consent.refetch()} />
        {consent.isPending && <Skeleton height={160} />}
        {consent.data && (
          <Paper p="lg">
            <Paragraphs text={consent.data.body} />
            <Text size="sm" c="dimmed" mt="md">
              {t('privacyPage.version', { version: consent.data.version })}
            </Text>
          </Paper>
        )}
      </Section>
      <Withdrawal />
    </Page>
  );
}

/** For whoever has an account: taking the consent back, with what follows from it. */
function Withdrawal() {
  const { t } = useTranslation('help');
  const me = useMe();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => answer(client.DELETE('/api/me/consents')),
    onSuccess: (now) => queries.setQueryData(meQuery.queryKey, now),
  });
  if (!me.person) return null;
  if (me.consentDue) {
    return (
      <Alert role="status" title={t('privacyPage.withdraw.done')}>
        <Stack align="flex-start" gap="sm">
          <Text>{t('privacyPage.withdraw.doneText')}</Text>
          <ButtonLink to="/consent" search={{ next: '/privacy' }}>
            {t('privacyPage.withdraw.again')}
          </ButtonLink>
        </Stack>
      </Alert>
    );
  }
  return (
    <Section title={t('privacyPage.withdraw.title')}>
      <Text mb="sm">{t('privacyPage.withdraw.text')}</Text>
      <ConfirmButton
        title={t('privacyPage.withdraw.question')}
        text={t('privacyPage.withdraw.follows')}
        confirm={t('privacyPage.withdraw.confirm')}
        onConfirm={() => withdraw.mutateAsync()}
        pending={withdraw.isPending}
        error={withdraw.error}
      >
        {t('privacyPage.withdraw.button')}
      </ConfirmButton>
    </Section>
  );
}
