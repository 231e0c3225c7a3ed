import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Employment, Person } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate, isoDay } from '@/shared/lib/dates';
import { InstitutionPicker } from '@/shared/pickers';
import { Button, Checkbox, ErrorNotice, Group, Paper, Select, Stack, Text, TextInput, toast, useForm } from '@/shared/ui';
import { positionsQuery, useAddEmployment, useEndEmployment } from '../api/people';
import { Leaves } from './Leaves';

/** Where the person works and worked. */
export function Employments({ person, editable }: { person: Person; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const [adding, setAdding] = useState(false);
  const end = useEndEmployment();
  const setEnd = (id: string, endsOn: string | null) =>
    end.mutate(
      { id, endsOn },
      {
        onSuccess: () =>
          toast(
            t(endsOn ? 'employments.ended' : 'employments.resumed'),
            endsOn ? { label: t('shared:actions.undo'), run: () => setEnd(id, null) } : undefined,
          ),
      },
    );

  return (
    <Paper p="lg">
      <Stack>
        {person.employments.length === 0 && <Text c="dimmed">{t('employments.none')}</Text>}
        {person.employments.map((employment) => (
          <div key={employment.id}>
            <EmploymentLine
              employment={employment}
              onEnd={editable && !employment.endsOn ? () => setEnd(employment.id, isoDay(new Date())) : undefined}
            />
            <Leaves employmentId={employment.id} editable={editable} />
          </div>
        ))}
        <ErrorNotice error={end.error} />
        {editable &&
          (adding ? (
            <EmploymentForm personId={person.id} first={person.employments.length === 0} onClose={() => setAdding(false)} />
          ) : (
            <Group>
              <Button variant="default" size="sm" onClick={() => setAdding(true)}>
                {t('employments.add')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

function EmploymentLine({ employment, onEnd }: { employment: Employment; onEnd?: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text fw={600}>{employment.positionName}</Text>
        <Text>{employment.institutionName}</Text>
        <Text size="sm" c="dimmed">
          {t(employment.isMain ? 'employments.main' : 'employments.extra')}
          {' · '}
          {employment.endsOn
            ? t('employments.span', {
                from: formatDate(employment.startsOn, language),
                to: formatDate(employment.endsOn, language),
              })
            : t('employments.since', { from: formatDate(employment.startsOn, language) })}
        </Text>
      </div>
      {onEnd && (
        <Button variant="subtle" size="sm" onClick={onEnd}>
          {t('employments.end')}
        </Button>
      )}
    </Group>
  );
}

function EmploymentForm({ personId, first, onClose }: { personId: string; first: boolean; onClose: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const positions = useQuery(positionsQuery);
  const add = useAddEmployment(personId);
  const [today] = useState(() => isoDay(new Date()));
  const form = useForm<{
    institution: { id: string; name: string } | null;
    positionCode: string | null;
    isMain: boolean;
    startsOn: string;
  }>({
    initialValues: { institution: null, positionCode: null, isMain: first, startsOn: today },
    validate: {
      institution: (value) => (value ? null : t('form.institutionEmpty')),
      positionCode: (value) => (value ? null : t('form.positionEmpty')),
      startsOn: (value) => (value ? null : t('employments.startEmpty')),
    },
  });
  const submit = form.onSubmit(({ institution, positionCode, isMain, startsOn }) => {
    if (!institution || !positionCode) return;
    add.mutate({ institutionId: institution.id, positionCode, isMain, startsOn }, { onSuccess: onClose });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <InstitutionPicker
          value={form.values.institution}
          onPick={(institution) => form.setFieldValue('institution', institution)}
          error={form.errors['institution']}
          required
        />
        <Select
          label={t('columns.position')}
          data={(positions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          searchable
          required
          {...form.getInputProps('positionCode')}
        />
        <TextInput type="date" label={t('employments.start')} required {...form.getInputProps('startsOn')} />
        <Checkbox size="md" label={t('employments.mainLabel')} {...form.getInputProps('isMain', { type: 'checkbox' })} />
        <ErrorNotice error={add.error ?? positions.error} />
        <Group>
          <Button type="submit" loading={add.isPending}>
            {t('shared:actions.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
