import type { CertificateOrder, EventRole } from '@/shared/api';

/** Parts that may be certified, the likeliest first. */
export const ROLES: EventRole[] = ['speaker', 'moderator', 'listener', 'host', 'organiser', 'chair', 'secretary', 'jury'];

export type RuleValues = {
  roles: EventRole[];
  minMinutes: number | string;
  minShare: number | string;
  /** Empty for the event's own duration. */
  hours: number | string;
};

export const usualRule: RuleValues = { roles: ['speaker', 'moderator', 'listener'], minMinutes: 0, minShare: 50, hours: '' };

/** What goes to the server; a field that was emptied asks for nothing. */
export function orderOf({ roles, minMinutes, minShare, hours }: RuleValues): CertificateOrder {
  return {
    rule: { roles, minMinutes: whole(minMinutes), minShare: whole(minShare) },
    ...(whole(hours) > 0 && { hours: whole(hours) }),
  };
}

function whole(value: number | string): number {
  const number = Math.round(Number(value));
  return Number.isFinite(number) && number > 0 ? number : 0;
}
