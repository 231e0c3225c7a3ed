import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, client } from '@/shared/api';
import { ErrorNotice, Page, Paper, Paragraphs, Section, Skeleton, Stack, Text } from '@/shared/ui';

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
    </Page>
  );
}
