import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duePolls } from '../../call/asked';
import { useSelected } from '../../call/store';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';

/** A poll waits for my answer: said once, above the stage, until I look or wave it away. */
export function PollNotice() {
  const { t } = useTranslation('room');
  const { session, view } = useCall();
  const me = useMySeat();
  const asked = useSelected(session.live, (live) => live.asked);
  const panel = useSelected(view.state, (state) => state.panel);
  const [waved, setWaved] = useState<string | null>(null);
  const poll = duePolls(asked, me?.isGuest === true).at(-1);
  if (!poll || poll.id === waved || panel === 'polls' || me?.isKit) return null;
  return (
    <section className={classes.lobbyNotice} role="status" aria-label={t('polls.title')} data-testid="poll-notice">
      <strong>{t(`polls.begun.${poll.kind === 'vote' ? 'vote' : 'poll'}`)}</strong>
      <p>{poll.text}</p>
      <div>
        <button type="button" data-primary onClick={() => view.togglePanel('polls')}>
          {t(poll.kind === 'vote' ? 'polls.vote' : 'polls.answer')}
        </button>
        <button type="button" onClick={() => setWaved(poll.id)}>
          {t('polls.notNow')}
        </button>
      </div>
    </section>
  );
}
