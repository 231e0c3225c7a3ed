import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grant, GrantDraft, Person } from '@/shared/api';
import { InstitutionPicker } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Paper, Select, Stack, Text, toast } from '@/shared/ui';
import { useGiveRole, useTakeRole } from '../api/people';
import { reach, roles, type GivenRole } from './roles';

/** The roles a person was given, each within its reach. */
export function Roles({ person, editable }: { person: Person; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const [adding, setAdding] = useState(false);
  const give = useGiveRole(person.id);
  const take = useTakeRole();
  const remove = (grant: Grant) =>
    take.mutate(grant.id, {
      onSuccess: () =>
        toast(t('roles.taken'), {
          label: t('shared:actions.undo'),
          run: () => give.mutate({ role: grant.role, scopeKind: grant.scopeKind, scopeId: grant.scopeId }),
        }),
    });

  return (
    <Paper p="lg">
      <Stack>
        {person.grants.length === 0 && <Text c="dimmed">{t('roles.none')}</Text>}
        {person.grants.map((grant) => (
          <Group key={grant.id} justify="space-between" gap="sm">
            <div>
              <Text fw={600}>{t(`shared:roles.${grant.role}`)}</Text>
              <Text size="sm" c="dimmed">
                {grant.scopeKind === 'city' ? t('roles.city') : grant.scopeName}
              </Text>
            </div>
            {editable && (
              <Button variant="subtle" size="sm" loading={take.isPending} onClick={() => remove(grant)}>
                {t('roles.take')}
              </Button>
            )}
          </Group>
        ))}
        <ErrorNotice error={take.error ?? give.error} />
        {editable &&
          (adding ? (
            <RoleForm
              pending={give.isPending}
              onClose={() => setAdding(false)}
              onGive={(grant) => give.mutate(grant, { onSuccess: () => setAdding(false) })}
            />
          ) : (
            <Group>
              <Button variant="default" size="sm" onClick={() => setAdding(true)}>
                {t('roles.give')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

type FormProps = { pending: boolean; onGive: (grant: GrantDraft) => void; onClose: () => void };

function RoleForm({ pending, onGive, onClose }: FormProps) {
  const { t } = useTranslation(['person', 'shared']);
  const [role, setRole] = useState<GivenRole>('coordinator');
  const [institution, setInstitution] = useState<{ id: string; name: string } | null>(null);
  const scopeKind = reach[role];
  const ready = scopeKind === 'city' || institution !== null;
  return (
    <Stack>
      <Select
        label={t('role')}
        data={roles.map((value) => ({ value, label: t(`shared:roles.${value}`) }))}
        value={role}
        onChange={(value) => setRole(roles.find((each) => each === value) ?? role)}
        allowDeselect={false}
      />
      {scopeKind === 'institution' && <InstitutionPicker value={institution} onPick={setInstitution} required />}
      <Group>
        <Button
          disabled={!ready}
          loading={pending}
          onClick={() => onGive({ role, scopeKind, scopeId: scopeKind === 'city' ? null : (institution?.id ?? null) })}
        >
          {t('roles.give')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('shared:actions.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
