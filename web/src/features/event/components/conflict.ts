import type { EventValues } from './eventForm';

/** A field in which what I wrote is not what the meeting holds now. */
export type Difference = {
  field: Field;
  /** What stands after a choice was made for nobody: others' where I changed nothing, mine otherwise. */
  usual: 'mine' | 'theirs';
};

/** Fields that an edit of a meeting writes. */
const fields = [
  'title',
  'kind',
  'associationId',
  'day',
  'time',
  'minutes',
  'description',
  'subject',
  'audience',
  'invitees',
  'mode',
  'guestsAllowed',
  'lobby',
] as const satisfies readonly (keyof EventValues)[];

export type Field = (typeof fields)[number];

/** Where two people's edits of one meeting differ: `base` is what I began from. */
export function differences(base: EventValues, mine: EventValues, theirs: EventValues): Difference[] {
  return fields
    .filter((field) => !same(field, mine, theirs))
    .map((field) => ({ field, usual: same(field, mine, base) ? 'theirs' : 'mine' }));
}

/** My values with theirs in the fields where theirs were chosen. */
export function settled(mine: EventValues, theirs: EventValues, taken: readonly Field[]): EventValues {
  return { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) };
}

function same(field: Field, a: EventValues, b: EventValues): boolean {
  if (field !== 'invitees') return a[field] === b[field];
  const ids = (values: EventValues) => values.invitees.map(({ id }) => id).sort().join();
  return ids(a) === ids(b);
}
