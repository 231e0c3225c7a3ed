import { IconCalendarPlus, IconPencil, IconVideo } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { isOver } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatSpan, formatWeekday } from '@/shared/lib/dates';
import { Badge, Button, ButtonLink, ConfirmButton, CopyField, Group, Page, Paper, Paragraphs, Section, Stack, Text, TextLink, toast } from '@/shared/ui';
import { eventQuery, useCancelEvent, type Scope } from '../api/events';
import { AskedSection } from '../components/AskedSection';
import { CopyEvent } from '../components/CopyEvent';
import { DecksSection } from '../components/DecksSection';
import { invitationText } from '../components/invitationText';
import { LessonSection } from '../components/LessonSection';
import { MaterialsSection } from '../components/MaterialsSection';
import { Outcome } from '../components/Outcome';
import { ProgrammeSection } from '../components/ProgrammeSection';
import { RolesSection } from '../components/RolesSection';
import { ScopeChoice } from '../components/ScopeChoice';

/** What, when, who, and the way in. */
export function EventPage({ registration }: { registration?: (event: Event) => ReactNode }) {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId' });
  const { data: event } = useSuspenseQuery(eventQuery(eventId));
  const cancel = useCancelEvent(eventId);
  const [scope, setScope] = useState<Scope>('this');
  const live = event.status === 'live';
  const over = isOver(event);
  const link = new URL(`/r/${event.room.code}`, window.location.origin).href;
  const when = `${formatWeekday(event.startsAt, language)}, ${formatSpan(event.startsAt, event.endsAt, language)}`;

  return (
    <Page
      title={event.title}
      narrow
      back={<TextLink to="/meetings">{t('title')}</TextLink>}
      subtitle={[t(`shared:eventKinds.${event.kind}`), event.subject, event.institution?.name].filter(Boolean).join(' · ')}
      actions={
        event.mayChange &&
        !over && (
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
              {event.association && (
                <TextLink to="/associations/$associationId" params={{ associationId: event.association.id }}>
                  {event.association.name}
                </TextLink>
              )}
              {event.seriesId !== null && <Text c="dimmed">{t('partOfSeries')}</Text>}
              <Text c="dimmed">{t(`form.audiences.${event.audience}`)}</Text>
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
        {registration?.(event)}
        {event.mayPrepare && (
          <Group>
            {event.mayChange && (
              <>
                <ButtonLink to="/meetings/$eventId/invitees" params={{ eventId }} variant="default">
                  {t('inviteesPage')}
                </ButtonLink>
                <ButtonLink to="/meetings/$eventId/letters" params={{ eventId }} variant="default">
                  {t('letters')}
                </ButtonLink>
              </>
            )}
            <ButtonLink to="/meetings/$eventId/presence" params={{ eventId }} variant="default">
              {t('presence')}
            </ButtonLink>
            <ButtonLink to="/meetings/$eventId/kits" params={{ eventId }} variant="default">
              {t('kits')}
            </ButtonLink>
          </Group>
        )}
        {event.kind === 'lesson' && event.mayPrepare && <LessonSection event={event} />}
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
        {event.description && (
          <Section title={t('form.description')}>
            <Paper p="lg">
              <Paragraphs text={event.description} />
            </Paper>
          </Section>
        )}
        <ProgrammeSection event={event} />
        <RolesSection event={event} />
        <DecksSection event={event} />
        <MaterialsSection event={event} />
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
        {event.wasHeld && <Outcome event={event} />}
        {event.status === 'ended' && <AskedSection event={event} />}
        <Group>
          <Button
            component="a"
            href={`/api/events/${eventId}/event.ics`}
            variant="default"
            leftSection={<IconCalendarPlus size={18} aria-hidden />}
          >
            {t('toCalendar')}
          </Button>
          {event.mayChange && <CopyEvent event={event} />}
        </Group>
        {event.mayChange && event.status === 'planned' && event.seriesId !== null && (
          <Paper p="lg">
            <ScopeChoice value={scope} onChange={setScope} />
          </Paper>
        )}
        {event.mayChange && event.status === 'planned' && (
          <Group>
            <ConfirmButton
              title={t('cancel.question')}
              text={t('cancel.text')}
              confirm={t('cancel.do')}
              onConfirm={() => cancel.mutateAsync(scope).then(() => toast(t('cancel.done')))}
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
