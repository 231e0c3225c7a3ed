import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { readHundredths, typedHundredths } from '@/shared/lib/figures';
import { TextInput } from '@/shared/ui';

type Props = {
  label: string;
  /** Hundredths; null is an empty field. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** An empty field means something: no plan. */
  optional?: boolean;
};

/** A number with up to two decimals, kept as whole hundredths; a half-typed one is not given on. */
export function NumberField({ label, value, onChange, optional = false }: Props) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const [typed, setTyped] = useState(() => typedHundredths(value, language));
  // Set from outside, by another version for one.
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    if (readHundredths(typed) !== value) setTyped(typedHundredths(value, language));
  }
  const read = readHundredths(typed);
  const wrong = typed.trim() === '' ? !optional : read === null;
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={typed}
      error={wrong && t('figures.noNumber')}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = readHundredths(text);
        if (next !== null || (optional && text.trim() === '')) onChange(next);
      }}
    />
  );
}
