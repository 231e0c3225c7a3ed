import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KitEquipment, KitRegister } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDay, isoDay } from '@/shared/lib/dates';
import { Button, Checkbox, ErrorNotice, Group, PageLoader, Select, Stack, Text, TextInput, toast, useForm } from '@/shared/ui';
import { kitRegisterQuery, useAddStatus, useAddTest, useEquip } from '../api/kits';

const parts = ['hasCamera', 'hasSpeakerphone', 'hasComputer', 'hasChannel'] as const;
const statuses = ['planned', 'delivered', 'ready', 'repair', 'written_off'] as const;
type Status = (typeof statuses)[number];

/** What a kit consists of, what it was since when, and how its tests went: what the third indicator counts. */
export function Equipment({ kitId }: { kitId: string }) {
  const register = useQuery(kitRegisterQuery(kitId));
  if (register.isPending) return <PageLoader />;
  if (!register.data) return <ErrorNotice error={register.error} onRetry={() => void register.refetch()} />;
  return (
    <Stack gap="lg">
      <Parts kitId={kitId} equipment={register.data.equipment} />
      <Statuses kitId={kitId} register={register.data} />
      <Tests kitId={kitId} register={register.data} />
    </Stack>
  );
}

function Parts({ kitId, equipment }: { kitId: string; equipment: KitEquipment }) {
  const { t } = useTranslation(['kit', 'shared']);
  const equip = useEquip(kitId);
  const form = useForm({ initialValues: { ...equipment, inventoryNumber: equipment.inventoryNumber ?? '' } });
  return (
    <form onSubmit={form.onSubmit((values) => equip.mutate(values, { onSuccess: () => toast(t('equipment.saved')) }))}>
      <Stack gap="sm">
        <Text fw={600}>{t('equipment.title')}</Text>
        {parts.map((part) => (
          <Checkbox key={part} size="md" label={t(`equipment.${part}`)} {...form.getInputProps(part, { type: 'checkbox' })} />
        ))}
        <TextInput label={t('equipment.inventoryNumber')} maxLength={40} {...form.getInputProps('inventoryNumber')} />
        <ErrorNotice error={equip.error} />
        <Group>
          <Button type="submit" variant="default" loading={equip.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Statuses({ kitId, register }: { kitId: string; register: KitRegister }) {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const add = useAddStatus(kitId);
  const [status, setStatus] = useState<Status>('ready');
  const [day, setDay] = useState(() => isoDay(new Date()));
  const [note, setNote] = useState('');
  const submit = () =>
    add.mutate({ status, since: day, note }, { onSuccess: () => { setNote(''); toast(t('status.added')); } });
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('status.title')}</Text>
      {register.statuses.length === 0 && <Text c="dimmed">{t('status.none')}</Text>}
      {register.statuses.map((one, index) => (
        <Text key={`${one.since}-${index}`}>
          {t('line', { day: formatDay(one.since, language), what: t(`status.names.${one.status}`) })}
          {one.note && ` ${one.note}`}
        </Text>
      ))}
      <Group align="flex-end" gap="sm">
        <Select
          label={t('status.label')}
          data={statuses.map((value) => ({ value, label: t(`status.names.${value}`) }))}
          allowDeselect={false}
          value={status}
          onChange={(value) => setStatus(statuses.find((known) => known === value) ?? 'ready')}
          flex="1 1 10rem"
        />
        <TextInput type="date" label={t('status.since')} value={day} onChange={(event) => setDay(event.currentTarget.value)} flex="1 1 9rem" />
        <TextInput label={t('note')} maxLength={300} value={note} onChange={(event) => setNote(event.currentTarget.value)} flex="1 1 10rem" />
        <Button variant="default" disabled={!day} loading={add.isPending} onClick={submit}>
          {t('status.add')}
        </Button>
      </Group>
      <ErrorNotice error={add.error} />
    </Stack>
  );
}

function Tests({ kitId, register }: { kitId: string; register: KitRegister }) {
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const add = useAddTest(kitId);
  const [day, setDay] = useState(() => isoDay(new Date()));
  const [note, setNote] = useState('');
  const submit = (passed: boolean) =>
    add.mutate({ testedOn: day, passed, note }, { onSuccess: () => { setNote(''); toast(t('test.added')); } });
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('test.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('test.hint')}
      </Text>
      {register.tests.length === 0 && <Text c="dimmed">{t('test.none')}</Text>}
      {register.tests.map((one, index) => (
        <Text key={`${one.testedOn}-${index}`}>
          {t('line', { day: formatDay(one.testedOn, language), what: t(one.passed ? 'test.passed' : 'test.failed') })}
          {one.note && ` ${one.note}`}
        </Text>
      ))}
      <Group align="flex-end" gap="sm">
        <TextInput type="date" label={t('test.on')} value={day} onChange={(event) => setDay(event.currentTarget.value)} flex="1 1 9rem" />
        <TextInput label={t('note')} maxLength={300} value={note} onChange={(event) => setNote(event.currentTarget.value)} flex="2 1 12rem" />
      </Group>
      <Group gap="sm">
        <Button variant="default" disabled={!day} loading={add.isPending} onClick={() => submit(true)}>
          {t('test.addPassed')}
        </Button>
        <Button variant="default" color="red" disabled={!day} loading={add.isPending} onClick={() => submit(false)}>
          {t('test.addFailed')}
        </Button>
      </Group>
      <ErrorNotice error={add.error} />
    </Stack>
  );
}
