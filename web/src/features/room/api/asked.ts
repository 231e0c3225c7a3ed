import { answer, client, type NamedAnswer, type Poll, type PollDraft, type Question } from '@/shared/api';

export type QuestionChange = { state?: 'open' | 'now' | 'live' | 'hidden'; answer?: string };

/** Questions, polls and votes, as the panels ask the server about them. */
export function askedApi(id: string) {
  const room = { params: { path: { id } } };
  const one = (question: string) => ({ params: { path: { id, question } } });
  const of = (poll: string) => ({ params: { path: { id, poll } } });
  return {
    ask: (text: string, anonymous: boolean, key: string): Promise<Question> =>
      answer(client.POST('/api/rooms/{id}/questions', { ...room, body: { text, anonymous, key } })),
    changeQuestion: (question: string, change: QuestionChange): Promise<unknown> =>
      answer(client.PATCH('/api/rooms/{id}/questions/{question}', { ...one(question), body: change })),
    withdraw: (question: string): Promise<unknown> =>
      answer(client.DELETE('/api/rooms/{id}/questions/{question}', one(question))),
    want: (question: string): Promise<unknown> =>
      answer(client.PUT('/api/rooms/{id}/questions/{question}/vote', one(question))),
    unwant: (question: string): Promise<unknown> =>
      answer(client.DELETE('/api/rooms/{id}/questions/{question}/vote', one(question))),
    prepare: (draft: PollDraft): Promise<Poll> => answer(client.POST('/api/rooms/{id}/polls', { ...room, body: draft })),
    rewrite: (poll: string, draft: PollDraft): Promise<Poll> =>
      answer(client.PUT('/api/rooms/{id}/polls/{poll}', { ...of(poll), body: draft })),
    discard: (poll: string): Promise<unknown> => answer(client.DELETE('/api/rooms/{id}/polls/{poll}', of(poll))),
    open: (poll: string): Promise<Poll> => answer(client.POST('/api/rooms/{id}/polls/{poll}/open', of(poll))),
    close: (poll: string): Promise<Poll> => answer(client.POST('/api/rooms/{id}/polls/{poll}/close', of(poll))),
    choose: (poll: string, choices: number[]): Promise<unknown> =>
      answer(client.PUT('/api/rooms/{id}/polls/{poll}/answer', { ...of(poll), body: { choices } })),
    names: async (poll: string): Promise<NamedAnswer[]> => {
      const list = await answer(client.GET('/api/rooms/{id}/polls/{poll}/names', of(poll)));
      return list.items;
    },
  };
}
