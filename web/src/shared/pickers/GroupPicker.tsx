import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client, keepsCityRegister, readsCityRegister, useMe, type InviteeGroup, type Me } from '@/shared/api';
import { associationsQuery } from './associations';
import { InstitutionPicker } from './InstitutionPicker';

export type PickedGroup = { group: InviteeGroup; name: string };
type Kind = InviteeGroup['kind'];
type Props = { value: PickedGroup[]; onPick: (groups: PickedGroup[]) => void; error?: string };

/** Groups to invite as a whole; nothing for those who may invite none. */
export function GroupPicker({ value, onPick, error }: Props) {
  const { t } = useTranslation('shared');
  const me = useMe();
  const associations = useQuery(associationsQuery);
  const led = associations.data?.items.filter((one) => one.mayLead) ?? [];
  const kinds = kindsOf(me, led.length > 0);
  const [kind, setKind] = useState<Kind | null>(null);
  if (kinds.length === 0) return null;
  const add = (group: InviteeGroup, name: string) => {
    if (!value.some((one) => keyOf(one.group) === keyOf(group))) onPick([...value, { group, name }]);
    setKind(null);
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('groups.label')}
      </Text>
      {value.map(({ group, name }) => (
        <Group key={keyOf(group)} gap="xs" wrap="nowrap">
          <Text>
            {t(`groups.of.${group.kind}`)}: {name}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('groups.remove', { name })}
            onClick={() => onPick(value.filter((one) => keyOf(one.group) !== keyOf(group)))}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error && (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      )}
      <Group gap="xs">
        {kinds.map((one) => (
          <Button
            key={one}
            size="xs"
            variant={kind === one ? 'light' : 'default'}
            aria-expanded={kind === one}
            onClick={() => setKind(kind === one ? null : one)}
          >
            {t(`groups.add.${one}`)}
          </Button>
        ))}
      </Group>
      {kind === 'institution' && readsCityRegister(me) && (
        <InstitutionPicker value={null} onPick={(one) => one && add({ kind, target: one.id }, one.name)} />
      )}
      {kind === 'institution' && !readsCityRegister(me) && (
        <Targets label={t('groups.of.institution')} options={ownInstitutions(me)} onPick={(id, name) => add({ kind, target: id }, name)} />
      )}
      {kind === 'association' && (
        <Targets label={t('groups.of.association')} options={led} onPick={(id, name) => add({ kind, target: id }, name)} />
      )}
      {kind === 'subject' && (
        <Targets
          label={t('groups.of.subject')}
          options={subjectsOf(associations.data?.items ?? [])}
          onPick={(id, name) => add({ kind, target: id }, name)}
        />
      )}
      {kind === 'position' && <Positions onPick={(id, name) => add({ kind, target: id }, name)} />}
    </Stack>
  );
}

type Option = { id: string; name: string };

function Targets({ label, options, onPick }: { label: string; options: Option[]; onPick: (id: string, name: string) => void }) {
  return (
    <Select
      label={label}
      searchable
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={(id, option) => id && option && onPick(id, option.label)}
    />
  );
}

function Positions({ onPick }: { onPick: (id: string, name: string) => void }) {
  const { t, i18n } = useTranslation('shared');
  const positions = useQuery({
    queryKey: ['positions', i18n.language],
    queryFn: () => answer(client.GET('/api/positions')),
    staleTime: Infinity,
  });
  const options = positions.data?.items.map(({ code, name }) => ({ id: code, name })) ?? [];
  return <Targets label={t('groups.of.position')} options={options} onPick={onPick} />;
}

export const keyOf = (group: InviteeGroup) => `${group.kind}:${group.target}`;

function kindsOf(me: Me, leads: boolean): Kind[] {
  if (keepsCityRegister(me)) return ['institution', 'association', 'position', 'subject'];
  const kinds: Kind[] = [];
  if (readsCityRegister(me) || ownInstitutions(me).length > 0) kinds.push('institution');
  if (leads) kinds.push('association');
  return kinds;
}

function ownInstitutions(me: Me): Option[] {
  return me.grants.flatMap((grant) =>
    grant.scopeKind === 'institution' && grant.scopeId ? [{ id: grant.scopeId, name: grant.scopeName ?? '' }] : [],
  );
}

function subjectsOf(associations: { subject?: string | null }[]): Option[] {
  const subjects = associations.flatMap(({ subject }) => (subject ? [subject] : []));
  return [...new Set(subjects)].sort().map((subject) => ({ id: subject, name: subject }));
}
