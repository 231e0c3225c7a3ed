import type { PresenceCheck } from '../../call/wire';

/**
 * How long there is to answer. A school's clock may be hours off: where the end makes no sense here, the whole time
 * is given, and the server says whether the answer came in time.
 */
export function secondsLeft({ until, seconds }: Pick<PresenceCheck, 'until' | 'seconds'>, now: number): number {
  const left = (Date.parse(until) - now) / 1000;
  return left > 0 && left <= seconds ? left : seconds;
}
