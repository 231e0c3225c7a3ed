import { IconSend, IconThumbUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { inOrder } from '@/shared/poll';
import { randomKey } from '../../call/key';
import { useSelected } from '../../call/store';
import type { Question } from '../../call/wire';
import { useAsked } from '../../hooks/useAsked';
import { useCall, useMySeat } from '../../hooks/useCall';
import { useHeldOrder } from '../../hooks/useHeldOrder';
import classes from './Asked.module.css';
import { Panel } from './Panel';

const TEXT_AT_MOST = 1000;
const ANSWER_AT_MOST = 2000;

/** What people ask, the most wanted first; whoever runs the room decides what becomes of each. */
export function QuestionsPanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { session, view } = useCall();
  const me = useMySeat();
  const asked = useSelected(session.live, (live) => live.asked);
  useEffect(() => view.sawQuestions(asked.questions.map(({ id }) => id)), [asked.questions, view]);
  const { items, hold } = useHeldOrder(inOrder(asked.questions));
  return (
    <Panel title={t('questions.title')} phone={phone}>
      {/* A list that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.list} tabIndex={0} role="region" aria-label={t('questions.list')} {...hold}>
        {items.length === 0 && (
          <div className={classes.empty}>
            <strong>{t('questions.empty')}</strong>
            <p>{t('questions.emptyHint')}</p>
          </div>
        )}
        <ul>
          {items.map((question) => (
            <Item
              key={question.id}
              question={question}
              mine={asked.mine.has(question.id)}
              voted={asked.voted.has(question.id)}
              moderates={me?.may.moderate === true}
              silent={me?.isKit === true}
            />
          ))}
        </ul>
      </div>
      {me?.isKit ? <p className={classes.hint}>{t('questions.kit')}</p> : <Composer />}
    </Panel>
  );
}

interface ItemProps {
  question: Question;
  mine: boolean;
  voted: boolean;
  moderates: boolean;
  silent: boolean;
}

function Item({ question, mine, voted, moderates, silent }: ItemProps) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  const { api, attempt, want } = useAsked();
  const [busy, setBusy] = useState(false);
  const { id, state, votes } = question;
  const open = state === 'open' || state === 'now';
  const vote = async () => {
    setBusy(true);
    await want(id, !voted);
    setBusy(false);
  };
  return (
    <li className={classes.card} data-now={state === 'now' || undefined} data-testid="question">
      <div className={classes.cardHead}>
        <strong>{mine ? t('chat.you') : (question.name ?? t('questions.nameless'))}</strong>
        <time dateTime={question.askedAt}>{formatTime(question.askedAt, language)}</time>
        {state !== 'open' && <span className={classes.mark}>{t(`questions.state.${state}`)}</span>}
      </div>
      <p className={classes.text}>{question.text}</p>
      {question.answer && (
        <blockquote className={classes.answer}>
          <small>{t('questions.answerOf', { name: question.answeredBy ?? '' })}</small>
          {question.answer}
        </blockquote>
      )}
      <div className={classes.deeds}>
        {open && !mine && !silent ? (
          <button
            type="button"
            className={classes.vote}
            aria-pressed={voted}
            aria-label={t('questions.want', { count: votes })}
            aria-busy={busy}
            onClick={() => void vote()}
          >
            <IconThumbUp size={18} aria-hidden />
            {votes}
          </button>
        ) : (
          <span className={classes.votes}>{t('questions.votes', { count: votes })}</span>
        )}
        {mine && (
          <button type="button" onClick={() => void attempt(() => api.withdraw(id))}>
            {t('questions.withdraw')}
          </button>
        )}
      </div>
      {moderates && <Moderation question={question} />}
    </li>
  );
}

function Moderation({ question: { id, state, answer } }: { question: Question }) {
  const { t } = useTranslation('room');
  const { api, attempt } = useAsked();
  const [writing, setWriting] = useState(false);
  const move = (to: 'open' | 'now' | 'live' | 'hidden') => void attempt(() => api.changeQuestion(id, { state: to }));
  if (writing) return <AnswerForm id={id} before={answer ?? ''} onDone={() => setWriting(false)} />;
  return (
    <div className={classes.deeds}>
      {state === 'waiting' && (
        <button type="button" data-primary onClick={() => move('open')}>
          {t('questions.approve')}
        </button>
      )}
      {state === 'open' && (
        <button type="button" onClick={() => move('now')}>
          {t('questions.now')}
        </button>
      )}
      {(state === 'open' || state === 'now') && (
        <button type="button" data-primary={state === 'now' || undefined} onClick={() => move('live')}>
          {t('questions.live')}
        </button>
      )}
      {state !== 'hidden' && state !== 'waiting' && (
        <button type="button" onClick={() => setWriting(true)}>
          {t(answer ? 'questions.rewrite' : 'questions.write')}
        </button>
      )}
      {state === 'hidden' || state === 'live' || state === 'written' ? (
        <button type="button" onClick={() => move('open')}>
          {t(state === 'hidden' ? 'questions.show' : 'questions.reopen')}
        </button>
      ) : null}
      {state !== 'hidden' && (
        <button type="button" onClick={() => move('hidden')}>
          {t('questions.hide')}
        </button>
      )}
    </div>
  );
}

function AnswerForm({ id, before, onDone }: { id: string; before: string; onDone: () => void }) {
  const { t } = useTranslation('room');
  const { api, attempt } = useAsked();
  const [text, setText] = useState(before);
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    const done = await attempt(() => api.changeQuestion(id, { answer: text.trim() }));
    setSending(false);
    if (done) onDone();
  };
  return (
    <form
      className={classes.answerForm}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={3}
        // The one who pressed «answer» wants to write.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={t('questions.answer')}
        placeholder={t('questions.answer')}
        maxLength={ANSWER_AT_MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.deeds}>
        <button type="submit" data-primary disabled={text.trim() === '' || sending}>
          {t('questions.answerSend')}
        </button>
        <button type="button" onClick={onDone}>
          {t('questions.cancel')}
        </button>
      </div>
    </form>
  );
}

function Composer() {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const me = useMySeat();
  const { ask } = useAsked();
  const review = useSelected(session.live, (live) => live.room.reviewQuestions) && !me?.may.moderate;
  const mayHide = useSelected(session.live, (live) => live.room.anonymousQuestions);
  const [text, setText] = useState('');
  const [nameless, setNameless] = useState(false);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  // One key per text: pressing again after a lost answer does not ask twice.
  const key = useRef<string | null>(null);
  const body = text.trim();
  const send = async () => {
    if (body === '' || sending) return;
    key.current ??= randomKey();
    setSending(true);
    const sent = await ask(body, nameless && mayHide, key.current);
    setSending(false);
    setFailed(!sent);
    if (sent) {
      key.current = null;
      // The next question may have been begun meanwhile.
      setText((now) => (now.trim() === body ? '' : now));
    }
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        data-first
        rows={Math.min(4, Math.max(2, text.split('\n').length))}
        aria-label={t('questions.placeholder')}
        aria-describedby="question-hint"
        placeholder={t('questions.placeholder')}
        maxLength={TEXT_AT_MOST}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          key.current = null;
          setFailed(false);
        }}
      />
      <button type="submit" aria-label={t('questions.ask')} disabled={body === '' || sending}>
        <IconSend aria-hidden />
      </button>
      {mayHide && (
        <label className={classes.check}>
          <input type="checkbox" checked={nameless} onChange={(event) => setNameless(event.currentTarget.checked)} />
          {t('questions.anonymous')}
        </label>
      )}
      <small id="question-hint" role={failed ? 'alert' : undefined} data-failed={failed || undefined}>
        {t(failed ? 'questions.notSent' : review ? 'questions.reviewed' : 'questions.hint')}
      </small>
    </form>
  );
}
