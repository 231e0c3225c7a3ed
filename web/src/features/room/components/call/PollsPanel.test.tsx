import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import shared from '@/shared/i18n/ru.json';
import { poll, question } from '@/shared/testing/polls';
import { show } from '@/shared/testing/render';
import { nothingKnown, reduceLive } from '../../call/live';
import { noMedia, type MediaState } from '../../call/media';
import { createMemory } from '../../call/memory';
import { seat, snapshot } from '../../call/samples';
import { createStore } from '../../call/store';
import { CallView } from '../../call/view';
import type { Snapshot } from '../../call/wire';
import { type Call, CallContext } from '../../hooks/useCall';
import room from '../../i18n/ru.json';
import { PollsPanel } from './PollsPanel';
import { QuestionsPanel } from './QuestionsPanel';

const asked = vi.hoisted(() => ({ choose: vi.fn(), want: vi.fn(), changeQuestion: vi.fn() }));
vi.mock('../../api/asked', () => ({ askedApi: () => asked }));

beforeEach(() => {
  window.sessionStorage.clear();
  for (const call of Object.values(asked)) call.mockReset().mockResolvedValue(undefined);
});

async function stage(panel: 'polls' | 'questions', over: Partial<Snapshot>) {
  const live = createStore(reduceLive(nothingKnown, snapshot(over)));
  const attempt = async (request: () => Promise<unknown>) => {
    await request();
    return true;
  };
  const call = {
    session: { live, attempt },
    card: { id: 'room' },
    view: new CallView(createStore<MediaState>(noMedia), createMemory('abc'), { layout: 'grid' }),
  } as unknown as Call;
  await show(
    <CallContext value={call}>{panel === 'polls' ? <PollsPanel phone={false} /> : <QuestionsPanel phone={false} />}</CallContext>,
    { texts: { room, shared } },
  );
  return live;
}

const moderator = seat('me', { role: 'host', may: { unmute: true, video: true, share: true, chat: true, moderate: true } });

test('an anonymous answer is given once, and this tab alone remembers it', async () => {
  await stage('polls', { polls: { items: [poll('p')], mine: [] } });
  expect(screen.getByText(room.polls.privacy.secret)).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: 'no' }));
  fireEvent.click(screen.getByRole('button', { name: room.polls.answer }));
  await screen.findByText(room.polls.answeredSecretly);
  expect(asked.choose).toHaveBeenCalledExactlyOnceWith('p', [1]);
  expect(screen.queryByRole('button', { name: room.polls.again })).toBeNull();
  expect(within(screen.getByRole('row', { name: /no/ })).getByText(new RegExp(shared.poll.mine))).toBeTruthy();
});

test('an answer by name may be changed, beginning with what was chosen', async () => {
  await stage('polls', { polls: { items: [poll('p', { named: true })], mine: [{ id: 'p', choices: [1] }] } });
  fireEvent.click(screen.getByRole('button', { name: room.polls.again }));
  expect((screen.getByRole('radio', { name: 'no' }) as HTMLInputElement).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'yes' }));
  fireEvent.click(screen.getByRole('button', { name: room.polls.answer }));
  await waitFor(() => expect(asked.choose).toHaveBeenCalledExactlyOnceWith('p', [0]));
});

test('where numbers are kept until the end, only how many answered is told', async () => {
  const hidden = poll('p', { result: { ...poll('p').result, voted: 3, counts: null } });
  await stage('polls', { polls: { items: [hidden], mine: [{ id: 'p', choices: null }] } });
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByText(new RegExp(room.polls.later))).toBeTruthy();
});

test('a quiz that is over says whether I was right, and how often', async () => {
  const options = [
    { text: 'yes', right: true },
    { text: 'no', right: false },
  ];
  const quiz = (id: string) => poll(id, { kind: 'quiz', state: 'closed', named: true, options });
  await stage('polls', {
    polls: {
      items: [quiz('p'), quiz('q')],
      mine: [
        { id: 'p', choices: [0] },
        { id: 'q', choices: [1] },
      ],
    },
  });
  expect(screen.getByText(room.polls.wasRight)).toBeTruthy();
  expect(screen.getByText(room.polls.wasWrong)).toBeTruthy();
  expect(screen.getByText('Викторина: верных ответов 1 из 2')).toBeTruthy();
});

test('a guest reads that a formal vote is not theirs', async () => {
  const vote = poll('v', { kind: 'vote', electorate: 'admitted', quorum: 'half' });
  await stage('polls', { me: seat('me', { isGuest: true }), polls: { items: [vote], mine: [] } });
  expect(screen.getByText(room.polls.noGuests)).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull();
});

test('a question is wanted by one press, and my own shows its votes only', async () => {
  await stage('questions', {
    questions: { items: [question('a', { votes: 2 }), question('b', { votes: 5 })], mine: ['b'], voted: [] },
  });
  const [mine, other] = screen.getAllByTestId('question');
  expect(mine?.textContent).toContain('5 голосов');
  expect(within(mine as HTMLElement).queryByRole('button', { pressed: false })).toBeNull();
  fireEvent.click(within(other as HTMLElement).getByRole('button', { pressed: false }));
  await screen.findByRole('button', { pressed: true });
  expect(asked.want).toHaveBeenCalledExactlyOnceWith('a');
});

test('a moderator shows a question that waits for review to everybody', async () => {
  await stage('questions', { me: moderator, questions: { items: [question('a', { state: 'waiting' })], mine: [], voted: [] } });
  fireEvent.click(screen.getByRole('button', { name: room.questions.approve }));
  await waitFor(() => expect(asked.changeQuestion).toHaveBeenCalledExactlyOnceWith('a', { state: 'open' }));
});
