import { useTranslation } from 'react-i18next';
import type { Talk } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Badge, Group, Paper, Stack, Text, TextLink } from '@/shared/ui';
import { CertificateLinks } from './CertificateLinks';

/** Talks and other parts that pass experience on. */
export function TalkList({ talks }: { talks: Talk[] }) {
  const { t } = useTranslation(['portfolio', 'shared']);
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      {talks.map((talk) => (
        <Paper key={`${talk.eventId}.${talk.role}`} p="md" component="article" aria-label={talk.topic || talk.title}>
          <Group gap="xs">
            <Text fw={600}>{talk.topic || t(`shared:eventRoles.${talk.role}`)}</Text>
            {!talk.counts && (
              <Badge variant="light" tt="none" color="gray">
                {t(talk.confirmed ? 'ahead' : 'unconfirmed')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {[
              t(`shared:eventRoles.${talk.role}`),
              t(`levels.${talk.level as 'school' | 'city' | 'region'}`),
              formatDate(talk.heldOn ?? talk.startsAt, language),
            ].join(' · ')}
          </Text>
          <Group gap="md">
            <TextLink to="/meetings/$eventId" params={{ eventId: talk.eventId }}>
              {talk.title}
            </TextLink>
            {talk.certificate && <CertificateLinks certificate={talk.certificate} />}
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
