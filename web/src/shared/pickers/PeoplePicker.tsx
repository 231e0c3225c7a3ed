import { Loader, MultiSelect, Text, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client, fullName } from '@/shared/api';
import { ErrorNotice } from '@/shared/ui/ErrorNotice';

export type Picked = { id: string; name: string };
type Props = Omit<MultiSelectProps, 'data' | 'value' | 'onChange' | 'defaultValue'> & {
  value: Picked[];
  onPick: (people: Picked[]) => void;
};

/** People out of the register, found by name or institution. */
export function PeoplePicker({ value, onPick, ...select }: Props) {
  const { t } = useTranslation('shared');
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 250);
  const enough = query.length >= 2;
  const found = useQuery({
    queryKey: ['people', 'pick', query],
    queryFn: () => answer(client.GET('/api/people', { params: { query: { q: query, perPage: 20 } } })),
    enabled: enough,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const people = enough ? (found.data?.items ?? []) : [];
  const options = people.map((person) => ({ id: person.id, name: fullName(person), at: person.institutionName }));
  const known = [...value.filter(({ id }) => options.every((option) => option.id !== id)), ...options];

  return (
    <>
      <MultiSelect
        label={t('pick.people')}
        placeholder={t('pick.peoplePlaceholder')}
        nothingFoundMessage={!enough ? t('pick.typeMore') : found.isFetching ? t('table.loading') : t('pick.nobody')}
        searchable
        hidePickedOptions
        rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
        {...select}
        data={known.map(({ id, name }) => ({ value: id, label: name }))}
        // The server has searched already; those picked before are not an answer to the question.
        filter={({ options: all }) => all.filter((item) => 'value' in item && options.some(({ id }) => id === item.value))}
        renderOption={({ option }) => (
          <span>
            <Text component="span" display="block" size="sm">
              {option.label}
            </Text>
            <Text component="span" display="block" size="xs" c="dimmed">
              {options.find(({ id }) => id === option.value)?.at}
            </Text>
          </span>
        )}
        value={value.map(({ id }) => id)}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(ids) => onPick(known.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name })))}
      />
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
    </>
  );
}
