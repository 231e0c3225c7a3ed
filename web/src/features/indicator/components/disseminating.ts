import type { IndicatorSettings } from '@/shared/api';

type Disseminating = NonNullable<IndicatorSettings['disseminating']>;
type Role = Disseminating[number]['role'];
type Kind = NonNullable<Disseminating[number]['kinds']>[number];

/** Roles that can pass on experience: whoever listens or keeps order does not. */
export const roles = ['speaker', 'moderator', 'host', 'chair', 'secretary', 'organiser', 'jury'] as const satisfies readonly Role[];

export const kinds = [
  'association_meeting',
  'conference',
  'staff_meeting',
  'webinar',
  'lesson',
  'master_class',
  'contest_stage',
  'celebration',
  'training',
] as const satisfies readonly Kind[];

/** A role of the form: no kinds stands for all of them. */
export type Choice = { role: Role; counts: boolean; kinds: string[] };

export function toChoices(disseminating: IndicatorSettings['disseminating']): Choice[] {
  return roles.map((role) => {
    const found = disseminating?.filter((one) => one.role === role) ?? [];
    // A role that counts anywhere makes its narrower entries idle.
    const anywhere = found.some((one) => (one.kinds ?? []).length === 0);
    return { role, counts: found.length > 0, kinds: anywhere ? [] : found.flatMap((one) => one.kinds ?? []) };
  });
}

export function fromChoices(choices: readonly Choice[]): Disseminating {
  return choices
    .filter(({ counts }) => counts)
    .map(({ role, kinds: chosen }) => ({ role, kinds: kinds.filter((kind) => chosen.includes(kind)) }));
}
