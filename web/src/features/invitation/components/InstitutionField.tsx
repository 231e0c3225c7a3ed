import { useTranslation } from 'react-i18next';
import { institutionsKept, keepsCityRegister, useMe } from '@/shared/api';
import { InstitutionPicker } from '@/shared/pickers';
import { Select } from '@/shared/ui';

type Chosen = { id: string; name: string };
type Props = { value: Chosen | null; onPick: (institution: Chosen | null) => void; error?: React.ReactNode };

/** The institution to invite to: any for those who keep the city's register, their own for coordinators. */
export function InstitutionField({ value, onPick, error }: Props) {
  const { t } = useTranslation('invitation');
  const me = useMe();
  if (keepsCityRegister(me)) return <InstitutionPicker value={value} onPick={onPick} required error={error} />;
  const kept = institutionsKept(me);
  return (
    <Select
      label={t('institution')}
      data={kept.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      onChange={(id) => onPick(kept.find((one) => one.id === id) ?? null)}
      allowDeselect={false}
      required
      error={error}
    />
  );
}

/** A coordinator of one school need not choose it. */
export function useOnlyInstitution(): Chosen | null {
  const me = useMe();
  const kept = institutionsKept(me);
  return !keepsCityRegister(me) && kept.length === 1 ? (kept[0] ?? null) : null;
}
