import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event, EventRole } from '@/shared/api';
import { isOver } from '@/shared/event';
import { PersonPicker, type Picked } from '@/shared/pickers';
import { ActionIcon, Badge, Button, ErrorNotice, Group, Paper, Section, Select, Stack, Text, TextInput } from '@/shared/ui';
import { rolesQuery, useConfirmRole, useGiveRole, useTakeRole } from '../api/events';

const roleNames: EventRole[] = ['speaker', 'chair', 'secretary', 'host', 'moderator', 'organiser', 'jury', 'listener'];

/** Who does what in a meeting. */
export function RolesSection({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const roles = useQuery(rolesQuery(event.id));
  const [adding, setAdding] = useState(false);
  const take = useTakeRole(event.id);
  const confirm = useConfirmRole(event.id);
  const begun = event.status === 'live' || isOver(event);
  return (
    <Section
      title={t('roles.title')}
      actions={
        event.mayChange &&
        !adding && (
          <Button variant="default" size="sm" onClick={() => setAdding(true)}>
            {t('roles.add')}
          </Button>
        )
      }
    >
      <Stack>
        {adding && <RoleForm event={event} onDone={() => setAdding(false)} />}
        <ErrorNotice error={roles.error ?? take.error ?? confirm.error} />
        <Paper p="lg">
          <Stack gap="sm">
            {roles.data?.items.length === 0 && <Text c="dimmed">{t('roles.none')}</Text>}
            {roles.data?.items.map((role) => (
              <Group key={role.id} justify="space-between" gap="sm" wrap="nowrap">
                <div>
                  <Text>{role.person.name}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`roles.names.${role.role}`)}
                    {role.topic && ` · ${role.topic}`}
                  </Text>
                </div>
                <Group gap="xs" wrap="nowrap">
                  {role.confirmedBy && (
                    <Badge color="teal" variant="light" tt="none" title={t('roles.confirmedBy', { name: role.confirmedBy.name })}>
                      {t('roles.confirmed')}
                    </Badge>
                  )}
                  {begun && role.mayConfirm && (
                    <Button
                      size="xs"
                      variant="light"
                      leftSection={<IconCircleCheck size={16} aria-hidden />}
                      loading={confirm.isPending && confirm.variables === role.id}
                      onClick={() => confirm.mutate(role.id)}
                      aria-label={`${t('roles.confirm')}: ${role.person.name}`}
                    >
                      {t('roles.confirm')}
                    </Button>
                  )}
                  {event.mayChange && !role.confirmedBy && role.person.id !== event.organiser.id && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('roles.take', { name: role.person.name })}
                      onClick={() => take.mutate(role.id)}
                    >
                      <IconX size={18} aria-hidden />
                    </ActionIcon>
                  )}
                </Group>
              </Group>
            ))}
          </Stack>
        </Paper>
      </Stack>
    </Section>
  );
}

function RoleForm({ event, onDone }: { event: Event; onDone: () => void }) {
  const { t } = useTranslation(['event', 'shared']);
  const give = useGiveRole(event.id);
  const [person, setPerson] = useState<Picked | null>(null);
  const [role, setRole] = useState<EventRole>('speaker');
  const [topic, setTopic] = useState('');
  const submit = () => {
    if (person) give.mutate({ personId: person.id, role, topic }, { onSuccess: onDone });
  };
  return (
    <Paper p="lg">
      <Stack>
        <PersonPicker label={t('roles.who')} value={person} onPick={setPerson} />
        <Select
          label={t('roles.role')}
          data={roleNames.map((name) => ({ value: name, label: t(`roles.names.${name}`) }))}
          allowDeselect={false}
          value={role}
          onChange={(chosen) => setRole(roleNames.find((known) => known === chosen) ?? 'speaker')}
        />
        {role === 'speaker' && (
          <TextInput
            label={t('roles.topic')}
            maxLength={200}
            value={topic}
            onChange={(change) => setTopic(change.currentTarget.value)}
          />
        )}
        <ErrorNotice error={give.error} />
        <Group>
          <Button onClick={submit} disabled={!person} loading={give.isPending}>
            {t('roles.give')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
