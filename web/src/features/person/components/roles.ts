import type { Role, ScopeKind } from '@/shared/api';

/** Roles that a person may be given, each with the reach it has. */
export const reach = {
  administrator: 'city',
  methodologist: 'city',
  official: 'city',
  director: 'institution',
  coordinator: 'institution',
} as const satisfies Partial<Record<Role, ScopeKind>>;

export type GivenRole = keyof typeof reach;

export const roles = Object.keys(reach) as GivenRole[];
