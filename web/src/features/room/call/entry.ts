import type { Me } from '@/shared/api';
import type { RoomCard } from './wire';

/**
 * What stands between the link and the room. Pure, so that every state has its test; the page turns each into words
 * and one next step.
 */
export type Obstacle = 'cancelled' | 'ended' | 'guests_not_allowed' | 'locked' | 'full' | 'removed' | 'refused';

export type Entry =
  | { readonly kind: 'open'; readonly asGuest: boolean; readonly early: boolean }
  | { readonly kind: 'closed'; readonly why: Obstacle };

/** A planned meeting counts as early until this long before its start. */
const EARLY_MS = 15 * 60_000;

export function entryOf(card: RoomCard, me: Me, now: number): Entry {
  if (card.status === 'cancelled') return { kind: 'closed', why: 'cancelled' };
  if (card.status === 'ended') return { kind: 'closed', why: 'ended' };
  if (card.mySeat?.status === 'removed') return { kind: 'closed', why: 'removed' };
  if (card.mySeat?.status === 'refused') return { kind: 'closed', why: 'refused' };
  const seated = card.mySeat?.status === 'admitted' || card.mySeat?.status === 'waiting';
  if (!seated) {
    // Where a class takes part, its pupils come in by their codes whether or not guests may.
    if (!me.person && !me.kit && !card.guestsAllowed && !card.byPupilCode) return { kind: 'closed', why: 'guests_not_allowed' };
    if (card.locked) return { kind: 'closed', why: 'locked' };
  }
  const early = card.status === 'planned' && Date.parse(card.startsAt) - now > EARLY_MS;
  const unknown = card.byPupilCode ? !seated : !me.guest || me.consentDue;
  return { kind: 'open', asGuest: !me.person && !me.kit && unknown, early };
}

/** The server's refusal of a seat as an obstacle; null when it is some other failure. */
export function obstacleOf(code: string, status: number): Obstacle | null {
  switch (code) {
    case 'room.guests_not_allowed':
      return 'guests_not_allowed';
    case 'room.locked':
      return 'locked';
    case 'room.full':
      return 'full';
    case 'event.cancelled':
      return 'cancelled';
    case 'room.ended':
      return 'ended';
    case 'seat.removed':
      return 'removed';
    case 'seat.refused':
      return 'refused';
    default:
      return status === 410 ? 'ended' : null;
  }
}
