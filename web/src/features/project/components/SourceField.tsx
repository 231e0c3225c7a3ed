import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PassportIndicator } from '@/shared/api';
import { NativeSelect, TextInput } from '@/shared/ui';
import { countedIndicatorsQuery } from '../api/project';

const text = (source: unknown) => JSON.stringify(source);

/** Where an indicator's actual value comes from: the platform's own count, or a report. */
export function SourceField({ row, onChange }: { row: PassportIndicator; onChange: (row: PassportIndicator) => void }) {
  const { t } = useTranslation(['project', 'indicator']);
  const counted = useQuery(countedIndicatorsQuery).data ?? [];
  const source = row.source ?? null;
  const entered = source !== null && 'entered' in source ? source.entered : null;
  const chosen = counted.find((one) => text(one.source) === text(source));
  const value = entered !== null ? 'entered' : source === null ? '' : (chosen?.key ?? 'other');
  const choose = (key: string) => {
    const one = counted.find((candidate) => candidate.key === key);
    if (one && 'computed' in one.source) onChange({ ...row, unit: one.unit, source: { computed: one.source.computed } });
    else if (key === 'entered') onChange({ ...row, source: { entered: '' } });
    else if (key === '') onChange({ ...row, source: null });
  };
  return (
    <>
      <NativeSelect
        label={t('fields.source')}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('edit.source.none') },
          { value: 'entered', label: t('edit.source.entered') },
          ...(value === 'other' ? [{ value, label: t('edit.source.other') }] : []),
          ...counted.map(({ key, name }) => ({
            value: key,
            label: t('edit.source.counted', { name: name ?? t(`indicator:names.${key}` as 'indicator:names.qualification') }),
          })),
        ]}
      />
      {entered !== null && (
        <TextInput
          label={t('edit.source.from')}
          value={entered}
          onChange={(event) => onChange({ ...row, source: { entered: event.currentTarget.value } })}
        />
      )}
    </>
  );
}
