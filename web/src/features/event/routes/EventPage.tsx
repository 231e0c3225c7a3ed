import { IconPencil, IconVideo } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isOver } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatSpan, formatWeekday } from '@/shared/lib/dates';
import { Badge, ButtonLink, ConfirmButton, CopyField, Group, Page, Paper, Section, Stack, Text, TextLink, toast } from '@/shared/ui';
import { eventQuery, useCancelEvent } from '../api/events';
import { invitationText } from '../components/invitationText';

/** What, when, who, and the way in. */
export function EventPage() {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId' });
  const { data: event } = useSuspenseQuery(eventQuery(eventId));
  const cancel = useCancelEvent(eventId);
  const live = event.status === 'live';
  const over = isOver(event);
  const link = new URL(`/r/${event.room.code}`, window.location.origin).href;
  const when = `${formatWeekday(event.startsAt, language)}, ${formatSpan(event.startsAt, event.endsAt, language)}`;

  return (
    <Page
      title={event.title}
      narrow
      back={<TextLink to="/meetings">{t('title')}</TextLink>}
      subtitle={t(`shared:eventKinds.${event.kind}`)}
      actions={
        event.iAmHost &&
        event.status === 'planned' && (
          <ButtonLink
            to="/meetings/$eventId/edit"
            params={{ eventId }}
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
          >
            {t('change')}
          </ButtonLink>
        )
      }
    >
      <Stack gap="lg">
        <Paper p="lg">
          <Group justify="space-between" gap="md">
            <Stack gap={4} flex="1 1 16rem">
              {live && (
                <Badge color="live" variant="light" tt="none" size="lg">
                  {t('shared:event.live')}
                </Badge>
              )}
              <Text size="lg" fw={600}>
                {when.charAt(0).toUpperCase() + when.slice(1)}
              </Text>
              <Text c="dimmed">
                {event.iAmHost
                  ? t('shared:event.mine')
                  : t('shared:event.organiser', { name: event.organiser.name })}
              </Text>
              {over && <Text>{t(event.status === 'cancelled' ? 'wasCancelled' : 'hasEnded')}</Text>}
            </Stack>
            {!over && (
              <ButtonLink
                to="/r/$code"
          params={{ code: event.room.code }}
                size="lg"
                leftSection={<IconVideo aria-hidden />}
              >
                {live ? t('shared:event.join') : event.iAmHost ? t('begin') : t('enter')}
              </ButtonLink>
            )}
          </Group>
        </Paper>
        {!over && (
          <Paper p="lg">
            <Stack>
              <CopyField label={t('link')} value={link} />
              <CopyField label={t('invitation')} value={invitationText(t('invitationLine'), event.title, when, link)} />
              <Text size="sm" c="dimmed">
                {t('code', { code: event.room.code })}
              </Text>
            </Stack>
          </Paper>
        )}
        {event.invitees.length > 0 && (
          <Section title={t('invitees', { count: event.invitees.length })}>
            <Paper p="lg">
              <Stack gap="xs">
                {event.invitees.map((person) => (
                  <Text key={person.id}>{person.name}</Text>
                ))}
              </Stack>
            </Paper>
          </Section>
        )}
        {event.iAmHost && event.status === 'planned' && (
          <Group>
            <ConfirmButton
              title={t('cancel.question')}
              text={t('cancel.text')}
              confirm={t('cancel.do')}
              onConfirm={() => cancel.mutateAsync().then(() => toast(t('cancel.done')))}
              pending={cancel.isPending}
              error={cancel.error}
              color="red"
              variant="light"
            >
              {t('cancel.do')}
            </ConfirmButton>
          </Group>
        )}
      </Stack>
    </Page>
  );
}
