import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Checkbox, Group, MultiSelect, NativeSelect, Stack } from '@/shared/ui';
import { positionsQuery } from '../api/indicators';
import { evidences, groups, institutionKinds, whoKinds, withWho, type Blocks, type WhoKind } from './blocks';

/** Who is counted, by which evidence, over which base. */
export function BlockFields({ blocks, onChange, error }: { blocks: Blocks; onChange: (blocks: Blocks) => void; error?: string | undefined }) {
  const { t } = useTranslation(['indicator', 'shared']);
  return (
    <Stack>
      <NativeSelect
        label={t('form.who')}
        value={blocks.who}
        error={error}
        data={whoKinds.map((value) => ({ value, label: t(`form.whoKinds.${value}`) }))}
        onChange={(event) => onChange(withWho(blocks, event.currentTarget.value as WhoKind))}
      />
      <Chosen blocks={blocks} onChange={(chosen) => onChange({ ...blocks, chosen })} />
      <NativeSelect
        label={t('form.evidence')}
        value={blocks.evidence}
        data={evidences(blocks.who).map((value) => ({ value, label: t(`form.evidences.${value}`) }))}
        onChange={(event) => onChange({ ...blocks, evidence: event.currentTarget.value as Blocks['evidence'] })}
      />
      <NativeSelect
        label={t('form.base')}
        value={blocks.base}
        data={(['share', 'count'] as const).map((value) => ({ value, label: t(`form.bases.${value}`) }))}
        onChange={(event) => onChange({ ...blocks, base: event.currentTarget.value as Blocks['base'] })}
      />
    </Stack>
  );
}

function Chosen({ blocks, onChange }: { blocks: Blocks; onChange: (chosen: string[]) => void }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const positions = useQuery({ ...positionsQuery, enabled: blocks.who === 'positions' });
  if (blocks.who === 'positions') {
    return (
      <MultiSelect
        label={t('form.positions')}
        searchable
        value={blocks.chosen}
        data={positions.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        onChange={onChange}
      />
    );
  }
  if (blocks.who !== 'groups' && blocks.who !== 'institutions') return null;
  const choices =
    blocks.who === 'groups'
      ? groups.map((value) => ({ value, label: t(`form.groups.${value}`) }))
      : institutionKinds.map((value) => ({ value, label: t(`form.institutionKinds.${value}`) }));
  return (
    <Checkbox.Group label={t(blocks.who === 'groups' ? 'form.whichGroups' : 'form.whichInstitutions')} value={blocks.chosen} onChange={onChange}>
      <Group mt="xs">
        {choices.map(({ value, label }) => (
          <Checkbox key={value} value={value} label={label} size="md" />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
