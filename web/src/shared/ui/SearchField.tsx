import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string;
  onSearch: (query: string) => void;
};

/** A search box that asks a third of a second after the last key. */
export function SearchField({ value, onSearch, ...input }: Props) {
  const { t } = useTranslation('shared');
  const [typed, setTyped] = useState(value);
  const [answered, setAnswered] = useState(value);
  if (value !== answered) {
    // The address changed by another way: «show all», or the browser's back button.
    setAnswered(value);
    if (value !== typed.trim()) setTyped(value);
  }
  const search = useDebouncedCallback(onSearch, 300);
  const change = (next: string) => {
    setTyped(next);
    search(next.trim());
  };
  return (
    <TextInput
      type="search"
      aria-label={t('table.search')}
      placeholder={t('table.search')}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        typed && <CloseButton aria-label={t('table.clear')} size="sm" onClick={() => change('')} />
      }
      {...input}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
