import type { Pupil } from '@/shared/api';

/** Whose consent to tick off after this pupil's: the next one down the list without one, else the first. */
export function nextWithout(pupils: readonly Pupil[], after: string): string | null {
  const missing = (pupil: Pupil) => pupil.id !== after && pupil.consent?.counts !== true;
  const place = pupils.findIndex(({ id }) => id === after);
  return (pupils.slice(place + 1).find(missing) ?? pupils.find(missing))?.id ?? null;
}
