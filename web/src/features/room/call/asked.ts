import type { LiveEvent, Poll, Question, Snapshot } from './wire';

/** Questions, polls and votes of the room, and what I did about them. Pure, like the rest of `live`. */
export interface Asked {
  readonly questions: readonly Question[];
  /** Questions that I asked. */
  readonly mine: ReadonlySet<string>;
  /** Questions that I want answered. */
  readonly voted: ReadonlySet<string>;
  readonly polls: readonly Poll[];
  /** Polls that I answered: the places of what I chose, or null where the server does not know. */
  readonly answers: ReadonlyMap<string, readonly number[] | null>;
}

export const nothingAsked: Asked = { questions: [], mine: new Set(), voted: new Set(), polls: [], answers: new Map() };

export function fromSnapshot({ questions, polls }: Snapshot): Asked {
  return {
    questions: questions.items,
    mine: new Set(questions.mine),
    voted: new Set(questions.voted),
    polls: polls.items,
    answers: new Map(polls.mine.map(({ id, choices }) => [id, choices])),
  };
}

export function reduceAsked(asked: Asked, event: LiveEvent): Asked {
  switch (event.type) {
    case 'question':
      return { ...asked, questions: put(asked.questions, event.data) };
    case 'question_gone':
      return { ...asked, questions: asked.questions.filter(({ id }) => id !== event.data.id) };
    case 'question_votes': {
      const votes = new Map(event.data.map((one) => [one.id, one.votes]));
      return {
        ...asked,
        questions: asked.questions.map((one) => ({ ...one, votes: votes.get(one.id) ?? one.votes })),
      };
    }
    case 'poll':
      return { ...asked, polls: put(asked.polls, event.data) };
    case 'poll_gone':
      return { ...asked, polls: asked.polls.filter(({ id }) => id !== event.data.id) };
    case 'poll_result':
      return {
        ...asked,
        polls: asked.polls.map((one) => (one.id === event.data.id ? { ...one, result: event.data } : one)),
      };
    default:
      return asked;
  }
}

function put<T extends { id: string }>(list: readonly T[], item: T): readonly T[] {
  return list.some(({ id }) => id === item.id) ? list.map((one) => (one.id === item.id ? item : one)) : [...list, item];
}

/** My own question, which the answer to asking tells me; the stream may have told it before. */
export function withMine(asked: Asked, question: Question): Asked {
  return { ...asked, questions: put(asked.questions, question), mine: new Set([...asked.mine, question.id]) };
}

export function withVote(asked: Asked, id: string, on: boolean): Asked {
  const voted = new Set(asked.voted);
  if (on) voted.add(id);
  else voted.delete(id);
  return { ...asked, voted };
}

export function withAnswer(asked: Asked, id: string, choices: readonly number[] | null): Asked {
  return { ...asked, answers: new Map([...asked.answers, [id, choices]]) };
}

/** Questions of others that came since the panel was last open. */
export function newQuestions(asked: Asked, seen: ReadonlySet<string>): number {
  return asked.questions.filter(({ id, state }) => !seen.has(id) && !asked.mine.has(id) && state !== 'hidden').length;
}

/** Polls that wait for my answer. A guest has no voice in a formal vote. */
export function duePolls(asked: Asked, isGuest: boolean): readonly Poll[] {
  return asked.polls.filter(
    (poll) => poll.state === 'open' && !asked.answers.has(poll.id) && !(poll.kind === 'vote' && isGuest),
  );
}

/** Open ones first, then drafts, then those that are over, the latest first. */
export function pollsInOrder(polls: readonly Poll[]): readonly Poll[] {
  const group = { open: 0, draft: 1, closed: 2 } as const;
  return [...polls].reverse().sort((a, b) => group[a.state] - group[b.state]);
}
