import { PeoplePicker, type Picked } from './PeoplePicker';

type Props = {
  label: string;
  value: Picked | null;
  onPick: (person: Picked | null) => void;
  description?: string;
  error?: string;
};

/** One person out of the register; choosing another replaces the first. */
export function PersonPicker({ value, onPick, ...rest }: Props) {
  return (
    <PeoplePicker {...rest} value={value ? [value] : []} onPick={(people) => onPick(people.at(-1) ?? null)} />
  );
}
