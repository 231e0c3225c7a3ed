import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Notice } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDay, formatSpan } from '@/shared/lib/dates';
import { ActionIcon, ButtonLink, ErrorNotice, Group, Paper, Section, Stack, Text } from '@/shared/ui';
import { noticesQuery, useReadNotice } from '../api/notices';

/** What waits for this person: invitations, answers, reminders; nothing at all where there is nothing. */
export function MyNotices() {
  const { t } = useTranslation('notice');
  const notices = useQuery(noticesQuery);
  const read = useReadNotice();
  if (!notices.data || notices.data.items.length === 0) return null;
  return (
    <Section title={t('mine')}>
      <Stack gap="sm">
        {notices.data.items.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} onRead={() => read.mutate(notice.id)} />
        ))}
        <ErrorNotice error={read.error} />
      </Stack>
    </Section>
  );
}

function NoticeCard({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t } = useTranslation('notice');
  const { language } = useLanguage();
  const toDecide = notice.kind === 'to_decide';
  return (
    <Paper p="md" component="article" aria-label={`${t(`kinds.${notice.kind}`)}: ${notice.title}`}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Text size="sm" c="dimmed">
            {t(`kinds.${notice.kind}`)}
          </Text>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {notice.title}
          </Text>
          <Text size="sm">
            {formatDay(notice.startsAt, language)}, {formatSpan(notice.startsAt, notice.endsAt, language)}
          </Text>
        </Stack>
        <ActionIcon variant="subtle" color="gray" aria-label={t('putAway', { title: notice.title })} onClick={onRead}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <Group mt="sm">
        <ButtonLink
          to={toDecide ? '/meetings/$eventId/registrations' : '/meetings/$eventId'}
          params={{ eventId: notice.eventId }}
          size="sm"
          variant={notice.kind === 'invited' || toDecide ? 'light' : 'default'}
        >
          {toDecide ? t('decide') : notice.kind === 'invited' ? t(notice.registers ? 'register' : 'answer') : t('open')}
        </ButtonLink>
      </Group>
    </Paper>
  );
}
