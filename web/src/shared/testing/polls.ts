import type { Poll, Question } from '@/shared/api';

/** A question called by its id, and a poll of two options that nobody answered. */
export function question(id: string, over: Partial<Question> = {}): Question {
  return {
    id,
    text: `question ${id}`,
    seatId: 'a',
    name: 'a',
    askedAt: '2026-01-01T09:00:00Z',
    state: 'open',
    votes: 0,
    answer: null,
    answeredBy: null,
    ...over,
  };
}

export function poll(id: string, over: Partial<Poll> = {}): Poll {
  return {
    id,
    kind: 'single',
    text: `poll ${id}`,
    options: [
      { text: 'yes', right: null },
      { text: 'no', right: null },
    ],
    most: 1,
    named: false,
    results: 'live',
    electorate: null,
    quorum: null,
    state: 'open',
    openedAt: '2026-01-01T09:00:00Z',
    closedAt: null,
    result: { id, voted: 0, counts: [0, 0], electors: null, quorumMet: null, carried: null },
    ...over,
  };
}
