import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { Button, CopyField, ErrorNotice, Paper, Stack, Text } from '@/shared/ui';
import { useResetLink } from '../api/people';

/** A link for a person who forgot the password. It is shown here once and is handed over by the keeper. */
export function ResetLink({ personId }: { personId: string }) {
  const { t } = useTranslation('person');
  const { language } = useLanguage();
  const issue = useResetLink(personId);
  return (
    <Paper p="lg">
      <Stack align="flex-start">
        <Text>{t('reset.text')}</Text>
        <ErrorNotice error={issue.error} onRetry={() => issue.mutate()} />
        {issue.data ? (
          <Stack w="100%" role="status">
            <CopyField label={t('reset.link')} value={new URL(issue.data.url, window.location.origin).href} />
            <Text size="sm" c="dimmed">
              {t('reset.expires', { at: formatDateTime(issue.data.expiresAt, language) })}
            </Text>
          </Stack>
        ) : (
          <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
            {t('reset.do')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
