import { IconDeviceTv } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event, EventKit } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatSpan } from '@/shared/lib/dates';
import { PeoplePicker, type Picked } from '@/shared/pickers';
import { Alert, Badge, Button, EmptyState, ErrorNotice, Group, Page, Paper, Select, Stack, Text, TextLink, Title, toast } from '@/shared/ui';
import { eventKitsQuery, eventTitleQuery, kitChoiceQuery, kitClashesQuery, useInviteKit, useNamePeople, useWithdrawKit } from '../api/presence';

/** The room kits of an event: inviting them, and the list of who sat before each. */
export function EventKitsPage() {
  const { t } = useTranslation(['presence', 'shared']);
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/kits' });
  // A site's coordinator keeps the list of an event that they may know only by its kit.
  const event = useQuery({ ...eventTitleQuery(eventId), retry: false });
  const kits = useQuery(eventKitsQuery(eventId));
  const mayInvite = event.data?.mayChange ?? false;
  return (
    <Page
      title={t('kits.title')}
      narrow
      subtitle={t('kits.text')}
      back={
        event.data ? (
          <TextLink to="/meetings/$eventId" params={{ eventId }}>
            {event.data.title}
          </TextLink>
        ) : (
          <TextLink to="/kits">{t('kits.all')}</TextLink>
        )
      }
    >
      <Stack gap="lg">
        <ErrorNotice error={kits.error} onRetry={() => void kits.refetch()} />
        {event.data && mayInvite && <Invite event={event.data} known={kits.data?.items ?? []} />}
        {kits.data?.items.length === 0 && (
          <EmptyState icon={<IconDeviceTv size={40} stroke={1.5} />} title={t('kits.none')} text={t('kits.noneText')} />
        )}
        {kits.data?.items.map((kit) => <KitCard key={kit.id} eventId={eventId} kit={kit} mayWithdraw={mayInvite} />)}
      </Stack>
    </Page>
  );
}

function Invite({ event, known }: { event: Event; known: readonly EventKit[] }) {
  const { t } = useTranslation('presence');
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const all = useQuery(kitChoiceQuery());
  const invite = useInviteKit(event.id);
  const busy = useQuery(kitClashesQuery(event, chosen));
  const free = (all.data?.items ?? []).filter(({ id }) => known.every((kit) => kit.id !== id));
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        <Select
          label={t('kits.choose')}
          searchable
          flex="1 1 16rem"
          data={free.map((kit) => ({ value: kit.id, label: [kit.institutionName, kit.name, kit.place].filter(Boolean).join(' · ') }))}
          nothingFoundMessage={t('kits.noChoice')}
          value={chosen}
          onChange={setChosen}
        />
        <Button
          disabled={!chosen}
          loading={invite.isPending}
          onClick={() => chosen && invite.mutate(chosen, { onSuccess: () => setChosen(null) })}
        >
          {t('kits.invite')}
        </Button>
      </Group>
      {chosen && (busy.data?.items.length ?? 0) > 0 && (
        <Alert color="yellow" role="status">
          {busy.data?.items.map((clash) => (
            <Text size="sm" key={`${clash.startsAt} ${clash.title ?? ''}`}>
              {t('kits.busy', { what: clash.title ?? t('kits.busyOther'), when: formatSpan(clash.startsAt, clash.endsAt, language) })}
            </Text>
          ))}
        </Alert>
      )}
      <ErrorNotice error={invite.error ?? all.error} />
    </Stack>
  );
}

function KitCard({ eventId, kit, mayWithdraw }: { eventId: string; kit: EventKit; mayWithdraw: boolean }) {
  const { t } = useTranslation('presence');
  const withdraw = useWithdrawKit(eventId);
  return (
    <Paper p="lg">
      <Stack>
        <Group justify="space-between">
          <div>
            <Title order={3}>{kit.name}</Title>
            <Text c="dimmed">{[kit.institutionName, kit.place].filter(Boolean).join(' · ')}</Text>
          </div>
          <Group gap="sm">
            {kit.connected && (
              <Badge color="live" variant="light" tt="none">
                {t('kits.connected')}
              </Badge>
            )}
            <Text fw={600}>{t('kits.people', { count: kit.people })}</Text>
          </Group>
        </Group>
        {kit.mine && <People eventId={eventId} kit={kit} />}
        <ErrorNotice error={withdraw.error} />
        {mayWithdraw && (
          <Group>
            <Button variant="subtle" color="gray" size="sm" loading={withdraw.isPending} onClick={() => withdraw.mutate(kit.id)}>
              {t('kits.withdraw')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function People({ eventId, kit }: { eventId: string; kit: EventKit }) {
  const { t } = useTranslation('presence');
  const [people, setPeople] = useState<Picked[]>(kit.listed);
  const name = useNamePeople(eventId);
  const save = () =>
    name.mutate({ kitId: kit.id, personIds: people.map(({ id }) => id) }, { onSuccess: () => toast(t('kits.saved')) });
  return (
    <Stack gap="sm">
      <PeoplePicker label={t('kits.listed')} description={t('kits.listedHint')} value={people} onPick={setPeople} />
      <ErrorNotice error={name.error} />
      <Group>
        <Button variant="default" onClick={save} loading={name.isPending}>
          {t('kits.save')}
        </Button>
      </Group>
    </Stack>
  );
}
