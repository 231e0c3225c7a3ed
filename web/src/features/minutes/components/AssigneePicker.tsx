import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client, fullName, type PersonRow } from '@/shared/api';
import { Autocomplete, useDebouncedValue } from '@/shared/ui';

type Props = {
  label: string;
  name: string;
  /** The id is that of somebody in the register; a name typed by hand has none. */
  onChange: (name: string, id: string | null) => void;
};

/** Who has to do it: chosen from the register, so that the task finds them, or typed. */
export function AssigneePicker({ label, name, onChange }: Props) {
  const [typed, setTyped] = useState(name);
  const [words] = useDebouncedValue(typed.trim(), 250);
  const { data } = useQuery({
    queryKey: ['people', 'assignee', words],
    queryFn: () => answer(client.GET('/api/people', { params: { query: { q: words, perPage: 10 } } })),
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
  });
  // Two people of one name are told apart by where they work, which the choice shows.
  const people = new Map(data?.items.map((person) => [choiceOf(person), person]));
  return (
    <Autocomplete
      flex="1 1 14rem"
      label={label}
      value={typed}
      data={[...people.keys()]}
      filter={({ options }) => options}
      onChange={(value) => {
        const person = people.get(value);
        const name = person ? fullName(person) : value;
        setTyped(name);
        onChange(name, person?.id ?? null);
      }}
    />
  );
}

function choiceOf(person: PersonRow): string {
  return person.institutionName ? `${fullName(person)}, ${person.institutionName}` : fullName(person);
}
