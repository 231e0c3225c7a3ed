import { useMemo } from 'react';
import { askedApi } from '../api/asked';
import { type Asked, withAnswer, withMine, withVote } from '../call/asked';
import { useCall } from './useCall';

/**
 * What one does with questions and polls. Each deed resolves to false, and says why in a notice, when the server
 * refused it; what is mine is known here at once, since the stream tells everybody the same.
 */
export function useAsked() {
  const { session, card } = useCall();
  return useMemo(() => {
    const api = askedApi(card.id);
    const change = (what: (asked: Asked) => Asked) =>
      session.live.update((now) => ({ ...now, asked: what(now.asked) }));
    return {
      api,
      attempt: (request: () => Promise<unknown>) => session.attempt(request),
      ask: (text: string, anonymous: boolean, key: string) =>
        session.attempt(async () => {
          const question = await api.ask(text, anonymous, key);
          change((asked) => withMine(asked, question));
        }),
      want: (id: string, on: boolean) =>
        session.attempt(async () => {
          await (on ? api.want(id) : api.unwant(id));
          change((asked) => withVote(asked, id, on));
        }),
      choose: (id: string, choices: number[], named: boolean) =>
        session.attempt(async () => {
          await api.choose(id, choices);
          if (!named) keepChoice(id, choices);
          change((asked) => withAnswer(asked, id, named ? choices : null));
        }),
    };
  }, [session, card.id]);
}

/** What I chose without a name: this tab alone remembers it. */
export function keptChoice(poll: string): number[] | null {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(choiceKey(poll)) ?? 'null');
    return Array.isArray(kept) ? kept.filter((place) => typeof place === 'number') : null;
  } catch {
    return null;
  }
}

function keepChoice(poll: string, choices: readonly number[]): void {
  try {
    window.sessionStorage.setItem(choiceKey(poll), JSON.stringify(choices));
  } catch {
    // A forbidden storage only forgets sooner.
  }
}

function choiceKey(poll: string): string {
  return `kafedra.choice.${poll}`;
}
