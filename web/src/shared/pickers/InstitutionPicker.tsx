import { Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client } from '@/shared/api';
import { ErrorNotice } from '@/shared/ui/ErrorNotice';

type Chosen = { id: string; name: string };
type Props = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'defaultValue'> & {
  value: Chosen | null;
  onPick: (institution: Chosen | null) => void;
};

/** One institution out of the register, found by typing a part of its name. */
export function InstitutionPicker({ value, onPick, ...select }: Props) {
  const { t } = useTranslation('shared');
  const [typed, setTyped] = useState(value?.name ?? '');
  const [query] = useDebouncedValue(typed === value?.name ? '' : typed.trim(), 250);
  const found = useQuery({
    queryKey: ['institutions', 'pick', query],
    queryFn: () => answer(client.GET('/api/institutions', { params: { query: { q: query, perPage: 20 } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const options = (found.data?.items ?? []).map(({ id, shortName, name }) => ({ id, name: shortName || name }));
  if (value && !options.some(({ id }) => id === value.id)) options.unshift(value);

  return (
    <>
      <Select
        label={t('pick.institution')}
        placeholder={t('pick.institutionPlaceholder')}
        nothingFoundMessage={found.isFetching ? t('table.loading') : t('pick.nothing')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('table.clear') }}
        rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
        {...select}
        data={options.map(({ id, name }) => ({ value: id, label: name }))}
        // The server has searched already.
        filter={({ options }) => options}
        value={value?.id ?? null}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(id) => onPick(options.find((option) => option.id === id) ?? null)}
      />
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
    </>
  );
}
