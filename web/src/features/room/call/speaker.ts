/**
 * Who is shown large in the speaker layout. A cough must not turn the picture: somebody new has to speak for a while
 * before they take the place, and the last speaker keeps it through every pause.
 */
export const TAKES_THE_FLOOR_MS = 1200;

export interface Floor {
  readonly holder: string | null;
  readonly challenger: string | null;
  readonly since: number;
}

export const emptyFloor: Floor = { holder: null, challenger: null, since: 0 };

export function nextFloor(
  floor: Floor,
  speakers: readonly string[],
  here: ReadonlySet<string>,
  myself: string | null,
  now: number,
): Floor {
  const holder = floor.holder !== null && here.has(floor.holder) ? floor.holder : null;
  const loudest = speakers.find((id) => id !== myself && here.has(id)) ?? null;
  if (loudest === null || loudest === holder) {
    return holder === floor.holder && floor.challenger === null ? floor : { holder, challenger: null, since: 0 };
  }
  if (holder === null) return { holder: loudest, challenger: null, since: 0 };
  // The holder speaking at the same time keeps the floor.
  if (speakers.includes(holder)) return { holder, challenger: null, since: 0 };
  if (floor.challenger !== loudest) return { holder, challenger: loudest, since: now };
  return now - floor.since >= TAKES_THE_FLOOR_MS ? { holder: loudest, challenger: null, since: 0 } : { ...floor, holder };
}
