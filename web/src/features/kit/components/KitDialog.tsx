import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Kit } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { Button, Code, ConfirmButton, Divider, ErrorNotice, Group, Modal, Stack, Text, TextInput, TextLink, toast, useForm } from '@/shared/ui';
import { kitEventsQuery, useChangeKit, usePairingCode, useRevokeKit } from '../api/kits';
import { Equipment } from './Equipment';

/** One kit: the code that pairs a computer, its name, what it consists of, and its events with their lists of people. */
export function KitDialog({ kit, onClose }: { kit: Kit; onClose: () => void }) {
  const { t } = useTranslation(['kit', 'shared']);
  return (
    <Modal opened onClose={onClose} size="lg" title={kit.name} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <Stack>
        {!kit.archivedAt && <Pairing kit={kit} />}
        <Divider />
        <Names kit={kit} onDone={onClose} />
        <Divider />
        <Equipment kitId={kit.id} />
        <Divider />
        <Events kit={kit} />
      </Stack>
    </Modal>
  );
}

function Pairing({ kit }: { kit: Kit }) {
  const { t } = useTranslation(['kit', 'shared']);
  const { language } = useLanguage();
  const code = usePairingCode(kit.id);
  const revoke = useRevokeKit(kit.id);
  const page = new URL('/kit', window.location.origin).href;
  return (
    <Stack gap="sm">
      <Text>{kit.pairedAt ? t('pairing.paired', { when: formatMoment(kit.pairedAt, language) }) : t('pairing.notPaired')}</Text>
      {code.data && (
        <Stack gap={4} role="status">
          <Text>{t('pairing.how', { page })}</Text>
          <Code block fz={32} ta="center" data-testid="pairing-code">
            {code.data.code}
          </Code>
          <Text size="sm" c="dimmed">
            {t('pairing.until', { when: formatMoment(code.data.expiresAt, language) })}
          </Text>
        </Stack>
      )}
      <ErrorNotice error={code.error} />
      <Group>
        <Button onClick={() => code.mutate()} loading={code.isPending} variant={code.data ? 'default' : 'filled'}>
          {t(code.data ? 'pairing.another' : 'pairing.code')}
        </Button>
        {kit.pairedAt && (
          <ConfirmButton
            title={t('revoke.question')}
            text={t('revoke.text')}
            confirm={t('revoke.do')}
            onConfirm={() => revoke.mutateAsync(undefined).then(() => toast(t('revoke.done')))}
            pending={revoke.isPending}
            error={revoke.error}
            color="red"
            variant="light"
          >
            {t('revoke.do')}
          </ConfirmButton>
        )}
      </Group>
    </Stack>
  );
}

function Names({ kit, onDone }: { kit: Kit; onDone: () => void }) {
  const { t } = useTranslation(['kit', 'shared']);
  const change = useChangeKit();
  const form = useForm({
    initialValues: { name: kit.name, place: kit.place },
    validate: { name: (value) => (value.trim() ? null : t('nameNeeded')) },
  });
  const save = (archived: boolean) => {
    const words = form.getValues();
    change.mutate({ id: kit.id, ...words, archived, version: kit.version }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={form.onSubmit(() => save(kit.archivedAt !== null))} noValidate>
      <Stack gap="sm">
        <TextInput label={t('columns.name')} maxLength={80} required {...form.getInputProps('name')} />
        <TextInput label={t('columns.place')} maxLength={80} {...form.getInputProps('place')} />
        <ErrorNotice error={change.error} />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('save')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => save(kit.archivedAt === null)}>
            {t(kit.archivedAt ? 'restore' : 'archive')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Events({ kit }: { kit: Kit }) {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const events = useQuery(kitEventsQuery(kit.id));
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('events.title')}</Text>
      <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
      {events.data?.items.length === 0 && <Text c="dimmed">{t('events.none')}</Text>}
      {events.data?.items.map((event) => (
        <Group key={event.id} justify="space-between" gap="sm">
          <Text>{`${formatMoment(event.startsAt, language)} · ${event.title}`}</Text>
          <TextLink to="/meetings/$eventId/kits" params={{ eventId: event.id }}>
            {t('events.list')}
          </TextLink>
        </Group>
      ))}
    </Stack>
  );
}
