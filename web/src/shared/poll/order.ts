import type { Question } from '@/shared/api';

const GROUPS: Readonly<Record<Question['state'], number>> = {
  now: 0,
  waiting: 1,
  open: 1,
  live: 2,
  written: 2,
  hidden: 3,
  withdrawn: 3,
};

/** As the server orders them: the one answered now, those that wait, the answered ones; more votes first, then who asked earlier. */
export function inOrder(questions: readonly Question[]): readonly Question[] {
  return [...questions].sort(
    (a, b) => GROUPS[a.state] - GROUPS[b.state] || b.votes - a.votes || Date.parse(a.askedAt) - Date.parse(b.askedAt),
  );
}
