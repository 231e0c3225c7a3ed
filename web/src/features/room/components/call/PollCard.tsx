import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedAnswer } from '@/shared/api';
import { isRight, PollChart, useOptionWords } from '@/shared/poll';
import type { Poll, Seat } from '../../call/wire';
import { useAsked } from '../../hooks/useAsked';
import classes from './Asked.module.css';

interface Props {
  poll: Poll;
  /** My answer; `choices` are null where nobody but me could know them, and I do not. */
  answer: { choices: readonly number[] | null } | null;
  me: Seat | null;
  onEdit: () => void;
}

/** One poll: its question, the way to answer while it is open, the numbers as far as they are shown. */
export function PollCard({ poll, answer, me, onEdit }: Props) {
  const { t } = useTranslation('room');
  const words = useOptionWords();
  const [again, setAgain] = useState(false);
  const moderates = me?.may.moderate === true;
  const outside = me?.isKit === true || (poll.kind === 'vote' && me?.isGuest === true);
  const asks = poll.state === 'open' && !outside && (answer === null || again);
  const right = isRight(poll, answer?.choices);
  return (
    <li className={classes.card} data-now={poll.state === 'open' || undefined} data-testid="poll">
      <div className={classes.cardHead}>
        <span>{t(`polls.kind.${poll.kind}`)}</span>
        <span className={classes.mark}>{t(`polls.state.${poll.state}`)}</span>
      </div>
      <h3 className={classes.text}>{poll.text}</h3>
      <p className={classes.hint}>{privacy(poll, t)}</p>
      {asks && <AnswerForm key={String(again)} poll={poll} before={again ? (answer?.choices ?? []) : []} onDone={() => setAgain(false)} />}
      {poll.state === 'open' && poll.kind === 'vote' && me?.isGuest && <p className={classes.hint}>{t('polls.noGuests')}</p>}
      {poll.state !== 'draft' && !asks && <PollChart poll={poll} mine={answer?.choices} />}
      {poll.state === 'draft' && (
        <ul className={classes.options}>
          {poll.options.map((option, place) => (
            // Options have no names of their own: their place is what they are known by.
            <li key={place}>
              {words(poll, place)}
              {option.right && <small> · {t('polls.form.right')}</small>}
            </li>
          ))}
        </ul>
      )}
      {poll.state !== 'draft' && <Turnout poll={poll} />}
      {right !== null && <p className={classes.verdict}>{t(right ? 'polls.wasRight' : 'polls.wasWrong')}</p>}
      {poll.state === 'open' && answer !== null && !again && (
        <div className={classes.deeds}>
          <span className={classes.votes}>{t(poll.named ? 'polls.answered' : 'polls.answeredSecretly')}</span>
          {poll.named && (
            <button type="button" onClick={() => setAgain(true)}>
              {t('polls.again')}
            </button>
          )}
        </div>
      )}
      {moderates && <Lead poll={poll} onEdit={onEdit} />}
      {poll.named && poll.state !== 'draft' && (moderates || (poll.kind === 'vote' && poll.state === 'closed')) && (
        <Names poll={poll} />
      )}
    </li>
  );
}

/** Who will see my answer: said before I give it. */
function privacy(poll: Poll, t: (key: `polls.privacy.${'secret' | 'named' | 'open'}`) => string): string {
  if (!poll.named) return t('polls.privacy.secret');
  return t(poll.kind === 'vote' ? 'polls.privacy.open' : 'polls.privacy.named');
}

function Turnout({ poll }: { poll: Poll }) {
  const { t } = useTranslation('room');
  const { voted, electors, quorumMet, carried, counts } = poll.result;
  if (electors === null) {
    return (
      <p className={classes.hint}>
        {t('polls.turnout', { count: voted })}
        {counts === null && ` ${t('polls.later')}`}
      </p>
    );
  }
  return (
    <>
      <p className={classes.hint}>
        {t('polls.electors', { voted, electors })}
        {poll.quorum !== 'none' && poll.quorum !== null && ` ${t(`polls.quorum.${poll.quorum}`)} ${t(quorumMet ? 'polls.quorum.met' : 'polls.quorum.missed')}`}
        {counts === null && ` ${t('polls.later')}`}
      </p>
      {carried !== null && <p className={classes.verdict}>{t(carried ? 'polls.carried' : 'polls.notCarried')}</p>}
    </>
  );
}

function AnswerForm({ poll, before, onDone }: { poll: Poll; before: readonly number[]; onDone: () => void }) {
  const { t } = useTranslation('room');
  const words = useOptionWords();
  const { choose } = useAsked();
  const [chosen, setChosen] = useState<readonly number[]>(before);
  const [sending, setSending] = useState(false);
  const single = poll.most === 1;
  const toggle = (place: number) => {
    if (single) setChosen([place]);
    else setChosen(chosen.includes(place) ? chosen.filter((one) => one !== place) : [...chosen, place]);
  };
  const send = async () => {
    setSending(true);
    const done = await choose(poll.id, [...chosen], poll.named);
    setSending(false);
    if (done) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset className={classes.choices}>
        <legend>{single ? t('polls.chooseOne') : t('polls.chooseUpTo', { count: poll.most })}</legend>
        {poll.options.map((_, place) => (
          <label key={place} className={classes.check}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={`poll-${poll.id}`}
              checked={chosen.includes(place)}
              disabled={!single && !chosen.includes(place) && chosen.length >= poll.most}
              onChange={() => toggle(place)}
            />
            {words(poll, place)}
          </label>
        ))}
      </fieldset>
      <div className={classes.deeds}>
        <button type="submit" data-primary disabled={chosen.length === 0 || sending}>
          {t(poll.kind === 'vote' ? 'polls.vote' : 'polls.answer')}
        </button>
      </div>
    </form>
  );
}

/** What those who run the room do: open, close, change what is not open yet. */
function Lead({ poll, onEdit }: { poll: Poll; onEdit: () => void }) {
  const { t } = useTranslation('room');
  const { api, attempt } = useAsked();
  const [closing, setClosing] = useState(false);
  if (poll.state === 'closed') return null;
  if (poll.state === 'draft') {
    return (
      <div className={classes.deeds}>
        <button type="button" data-primary onClick={() => void attempt(() => api.open(poll.id))}>
          {t('polls.open')}
        </button>
        <button type="button" onClick={onEdit}>
          {t('polls.edit')}
        </button>
        <button type="button" onClick={() => void attempt(() => api.discard(poll.id))}>
          {t('polls.discard')}
        </button>
      </div>
    );
  }
  return (
    <div className={classes.deeds}>
      {closing ? (
        <>
          <span className={classes.votes}>{t('polls.closeQuestion')}</span>
          <button type="button" data-primary onClick={() => void attempt(() => api.close(poll.id))}>
            {t('polls.closeYes')}
          </button>
          <button type="button" onClick={() => setClosing(false)}>
            {t('polls.closeNo')}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setClosing(true)}>
          {t('polls.close')}
        </button>
      )}
    </div>
  );
}

/** Who chose what, fetched when it is asked for: among a thousand it is a long list. */
function Names({ poll }: { poll: Poll }) {
  const { t } = useTranslation('room');
  const { api, attempt } = useAsked();
  const words = useOptionWords();
  const [names, setNames] = useState<readonly NamedAnswer[] | null>(null);
  const load = () =>
    void attempt(async () => {
      setNames(await api.names(poll.id));
    });
  if (!names) {
    return (
      <div className={classes.deeds}>
        <button type="button" onClick={load}>
          {t('polls.names')}
        </button>
      </div>
    );
  }
  return (
    <>
      <ul className={classes.options}>
        {names.map(({ name, choices }, index) => (
          <li key={`${name}.${index}`}>
            {name}: {choices.map((place) => words(poll, place)).join(', ')}
          </li>
        ))}
      </ul>
      <div className={classes.deeds}>
        <button type="button" onClick={load}>
          {t('polls.namesAgain')}
        </button>
        <button type="button" onClick={() => setNames(null)}>
          {t('polls.namesHide')}
        </button>
      </div>
    </>
  );
}
