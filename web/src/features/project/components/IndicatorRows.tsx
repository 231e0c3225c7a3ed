import { useTranslation } from 'react-i18next';
import type { Passport, PassportIndicator } from '@/shared/api';
import { NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@/shared/ui';
import { monthIndex } from './months';
import { NumberField } from './NumberField';
import { Rows } from './Rows';
import { nextNumber } from './rows';
import { SourceField } from './SourceField';

/** The quarters of a term, in their order. */
export function quartersOf({ start, end }: Pick<Passport, 'start' | 'end'>): { year: number; quarter: number }[] {
  const at = (month: string) => Math.floor(monthIndex(month) / 3);
  const [first, last] = [at(start), at(end)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => ({
    year: Math.floor((first + step) / 4),
    quarter: ((first + step) % 4) + 1,
  }));
}

type Planned = PassportIndicator['plan'][number];

/** The plan with one quarter's value; an empty plan is not zero. */
export function withPlan(plan: Planned[], { year, quarter }: { year: number; quarter: number }, value: number | null): Planned[] {
  const rest = plan.filter((one) => one.year !== year || one.quarter !== quarter);
  return [...rest, { year, quarter, value }].sort((a, b) => a.year - b.year || a.quarter - b.quarter);
}

/** Indicators with a plan for every quarter of the term. */
export function IndicatorRows({ passport, onChange }: { passport: Passport; onChange: (passport: Passport) => void }) {
  const { t } = useTranslation('project');
  const quarters = quartersOf(passport);
  return (
    <Rows<PassportIndicator>
      legend={t('fields.indicators')}
      rows={passport.indicators}
      empty={() => ({
        ordinal: nextNumber(passport.indicators.map(({ ordinal }) => ordinal)),
        name: '',
        unit: 'percent',
        baseYear: Number(passport.start.slice(0, 4)) - 1,
        baseValue: 0,
        plan: [],
      })}
      onChange={(indicators) => onChange({ ...passport, indicators })}
      render={(row, change) => (
        <Stack gap="sm">
          <Textarea label={`${row.ordinal}. ${t('fields.name')}`} autosize value={row.name} onChange={(event) => change({ ...row, name: event.currentTarget.value })} />
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <NativeSelect
              label={t('fields.unit')}
              value={row.unit}
              data={(['percent', 'count'] as const).map((value) => ({ value, label: t(`edit.units.${value}`) }))}
              onChange={(event) => change({ ...row, unit: event.currentTarget.value as PassportIndicator['unit'] })}
            />
            <TextInput
              label={t('fields.baseYear')}
              inputMode="numeric"
              value={row.baseYear}
              onChange={(event) => {
                if (/^\d{0,4}$/.test(event.currentTarget.value)) change({ ...row, baseYear: Number(event.currentTarget.value) });
              }}
            />
            <NumberField label={t('fields.baseValue')} value={row.baseValue} onChange={(baseValue) => change({ ...row, baseValue: baseValue ?? 0 })} />
          </SimpleGrid>
          <TextInput
            label={t('fields.denominator')}
            description={t('edit.denominator')}
            value={row.denominator ?? ''}
            onChange={(event) => change({ ...row, denominator: event.currentTarget.value || null })}
          />
          <SourceField row={row} onChange={change} />
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            {quarters.map(({ year, quarter }) => (
              <NumberField
                key={`${year} ${quarter}`}
                optional
                label={t('edit.planFor', { quarter, year })}
                value={row.plan.find((one) => one.year === year && one.quarter === quarter)?.value ?? null}
                onChange={(value) => change({ ...row, plan: withPlan(row.plan, { year, quarter }, value) })}
              />
            ))}
          </SimpleGrid>
        </Stack>
      )}
    />
  );
}
