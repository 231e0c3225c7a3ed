import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Paper, Stack, Text, TextLink, Title } from '@/shared/ui';
import { myDevelopmentQuery } from '../api/overview';

/** Until when my documents count, and by when the next is needed; nothing for whom none is asked of. */
export function MyDocuments() {
  const { t } = useTranslation('overview');
  const { language } = useLanguage();
  const me = useMe();
  const own = useQuery(myDevelopmentQuery);
  if (!own.data || !me.person) return null;
  const { expected, validUntil, soon, expiredOn, unverified } = own.data;
  if (!expected && validUntil === null && unverified === 0) return null;
  return (
    <Paper p="lg" component="section" aria-labelledby="my-documents">
      <Stack gap="xs">
        <Title order={2} size="h3" id="my-documents">
          <TextLink to="/people/$personId" params={{ personId: me.person.id }}>
            {t('mine.title')}
          </TextLink>
        </Title>
        {validUntil === null ? (
          <Text fw={600} c="red">
            {expiredOn === null ? t('mine.none') : t('mine.expired', { date: formatDate(expiredOn, language) })}
          </Text>
        ) : (
          <>
            <Text fw={600}>{t('mine.valid', { date: formatDate(validUntil, language) })}</Text>
            <Text c={soon ? 'orange' : 'dimmed'}>{t(soon ? 'mine.nextSoon' : 'mine.next', { date: formatDate(validUntil, language) })}</Text>
          </>
        )}
        {unverified > 0 && <Text c="dimmed">{t('mine.unverified', { count: unverified })}</Text>}
      </Stack>
    </Paper>
  );
}
