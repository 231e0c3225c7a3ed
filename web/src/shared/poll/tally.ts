import type { Poll } from '@/shared/api';

/** What part of those who answered chose an option, in whole percent. */
export function share(count: number, voted: number): number {
  return voted === 0 ? 0 : Math.round((count / voted) * 100);
}

/** Whether an answer to a quiz is right: every right option and no other. Null while nobody knows. */
export function isRight(poll: Poll, choices: readonly number[] | null | undefined): boolean | null {
  if (poll.kind !== 'quiz' || poll.state !== 'closed' || !choices) return null;
  return poll.options.every((option, place) => (option.right === true) === choices.includes(place));
}
