import { useTranslation } from 'react-i18next';
import type { Passport } from '@/shared/api';
import { Fieldset, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@/shared/ui';
import { FundingRows } from './FundingRows';
import { IndicatorRows } from './IndicatorRows';
import { Rows } from './Rows';
import { nextNumber } from './rows';
import { StageRows } from './StageRows';

export type Change = (passport: Passport) => void;

/** All fields of a passport, section by section. */
export function PassportForm({ passport, onChange }: { passport: Passport; onChange: Change }) {
  const { t } = useTranslation('project');
  const set = (changed: Partial<Passport>) => onChange({ ...passport, ...changed });
  const approval = (changed: Partial<Passport['approval']>) => set({ approval: { ...passport.approval, ...changed } });
  const line = (label: string, value: string, change: (value: string) => void) => (
    <TextInput label={label} value={value} onChange={(event) => change(event.currentTarget.value)} />
  );
  return (
    <Stack>
      <Fieldset legend={t('edit.main')}>
        <Stack gap="sm">
          <Textarea label={t('fields.title')} required autosize value={passport.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <Textarea label={t('fields.goal')} required autosize minRows={2} value={passport.goal} onChange={(event) => set({ goal: event.currentTarget.value })} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <MonthInput label={t('fields.start')} value={passport.start} onChange={(start) => set({ start })} />
            <MonthInput label={t('fields.end')} value={passport.end} onChange={(end) => set({ end })} />
          </SimpleGrid>
          {line(t('fields.head'), passport.head, (head) => set({ head }))}
          {line(t('fields.responsibleExecutor'), passport.responsibleExecutor, (responsibleExecutor) => set({ responsibleExecutor }))}
        </Stack>
      </Fieldset>
      <Fieldset legend={t('fields.approval')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {line(t('fields.body'), passport.approval.body, (body) => approval({ body }))}
          <TextInput
            type="date"
            label={t('fields.date')}
            value={passport.approval.date}
            onChange={(event) => {
              if (event.currentTarget.value !== '') approval({ date: event.currentTarget.value });
            }}
          />
          {line(t('fields.minutesNumber'), passport.approval.minutesNumber, (minutesNumber) => approval({ minutesNumber }))}
        </SimpleGrid>
      </Fieldset>
      <Rows
        legend={t('fields.participants')}
        rows={passport.participants}
        empty={() => ({ position: '', organisation: '', part: 'executor' as const })}
        onChange={(participants) => set({ participants })}
        render={(row, change) => (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {line(t('fields.position'), row.position, (position) => change({ ...row, position }))}
            {line(t('fields.organisation'), row.organisation, (organisation) => change({ ...row, organisation }))}
            <NativeSelect
              label={t('fields.part')}
              value={row.part}
              data={(['executor', 'coExecutor'] as const).map((value) => ({ value, label: t(`passport.parts.${value}`) }))}
              onChange={(event) => change({ ...row, part: event.currentTarget.value as typeof row.part })}
            />
          </SimpleGrid>
        )}
      />
      <TextRows legend={t('fields.municipalProgrammes')} rows={passport.municipalProgrammes} onChange={(municipalProgrammes) => set({ municipalProgrammes })} />
      <TextRows
        legend={t('fields.regionalPriorityProjects')}
        rows={passport.regionalPriorityProjects}
        onChange={(regionalPriorityProjects) => set({ regionalPriorityProjects })}
      />
      <Rows
        legend={t('fields.results')}
        rows={passport.results}
        empty={() => ({ number: nextNumber(passport.results.map(({ number }) => number)), text: '', indicator: null })}
        onChange={(results) => set({ results })}
        render={(row, change) => (
          <Stack gap="sm">
            <Textarea label={`${row.number}. ${t('fields.text')}`} autosize value={row.text} onChange={(event) => change({ ...row, text: event.currentTarget.value })} />
            <NativeSelect
              label={t('fields.indicator')}
              value={row.indicator ?? ''}
              data={[
                { value: '', label: t('edit.noIndicator') },
                ...passport.indicators.map(({ ordinal, name }) => ({ value: String(ordinal), label: `${ordinal}. ${name}` })),
              ]}
              onChange={(event) => change({ ...row, indicator: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
            />
          </Stack>
        )}
      />
      <IndicatorRows passport={passport} onChange={onChange} />
      <FundingRows passport={passport} onChange={onChange} />
      <StageRows passport={passport} onChange={onChange} />
      <Rows
        legend={t('fields.risks')}
        rows={passport.risks}
        empty={() => ({ number: nextNumber(passport.risks.map(({ number }) => number)), name: '', measure: '' })}
        onChange={(risks) => set({ risks })}
        render={(row, change) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Textarea label={`${row.number}. ${t('risks.name')}`} autosize value={row.name} onChange={(event) => change({ ...row, name: event.currentTarget.value })} />
            <Textarea label={t('fields.measure')} autosize value={row.measure} onChange={(event) => change({ ...row, measure: event.currentTarget.value })} />
          </SimpleGrid>
        )}
      />
    </Stack>
  );
}

function TextRows({ legend, rows, onChange }: { legend: string; rows: string[]; onChange: (rows: string[]) => void }) {
  const { t } = useTranslation('project');
  return (
    <Rows
      legend={legend}
      rows={rows}
      empty={() => ''}
      onChange={onChange}
      render={(row, change) => <Textarea label={t('fields.title')} autosize value={row} onChange={(event) => change(event.currentTarget.value)} />}
    />
  );
}

/** A month such as 2017-04; what a browser gives is kept only when it is one. */
export function MonthInput({ label, value, onChange }: { label: string; value: string; onChange: (month: string) => void }) {
  return (
    <TextInput
      type="month"
      label={label}
      required
      value={value}
      onChange={(event) => {
        if (/^\d{4}-\d{2}$/.test(event.currentTarget.value)) onChange(event.currentTarget.value);
      }}
    />
  );
}
