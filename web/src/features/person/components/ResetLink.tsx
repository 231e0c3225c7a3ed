import { useTranslation } from 'react-i18next';
import type { Person } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { Button, ButtonLink, CopyField, ErrorNotice, Paper, Stack, Text } from '@/shared/ui';
import { useResetLink } from '../api/people';

/** A link for a person who forgot the password. It is shown here once and is handed over by the keeper. */
export function ResetLink({ person }: { person: Person }) {
  const { t } = useTranslation('person');
  const { language } = useLanguage();
  const issue = useResetLink(person.id);
  if (!person.login) {
    return (
      <Paper p="lg">
        <Stack align="flex-start">
          <Text>{t('reset.noLogin')}</Text>
          <ButtonLink to="/invitations/slips" variant="default">
            {t('reset.slips')}
          </ButtonLink>
        </Stack>
      </Paper>
    );
  }
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
