import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRight } from '@/shared/poll';
import { pollsInOrder } from '../../call/asked';
import { useSelected } from '../../call/store';
import type { Poll } from '../../call/wire';
import { keptChoice } from '../../hooks/useAsked';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Asked.module.css';
import { Panel } from './Panel';
import { PollCard } from './PollCard';
import { PollForm } from './PollForm';

/** Polls and votes: what waits for an answer first, then what is prepared, then what is over. */
export function PollsPanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const me = useMySeat();
  const asked = useSelected(session.live, (live) => live.asked);
  const [editing, setEditing] = useState<Poll | 'new' | null>(null);
  const moderates = me?.may.moderate === true;
  const answerOf = (poll: Poll) =>
    asked.answers.has(poll.id) ? { choices: asked.answers.get(poll.id) ?? keptChoice(poll.id) } : null;
  const verdicts = asked.polls.map((poll) => isRight(poll, answerOf(poll)?.choices)).filter((right) => right !== null);
  return (
    <Panel title={t('polls.title')} phone={phone}>
      {/* A list that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.list} tabIndex={0} role="region" aria-label={t('polls.list')}>
        {asked.polls.length === 0 && (
          <div className={classes.empty}>
            <strong>{t('polls.empty')}</strong>
            <p>{t(moderates ? 'polls.emptyLead' : 'polls.emptyHint')}</p>
          </div>
        )}
        {me?.isKit && asked.polls.length > 0 && <p className={classes.hint}>{t('polls.kit')}</p>}
        {verdicts.length > 0 && (
          <p className={classes.hint}>
            {t('polls.score', { right: verdicts.filter(Boolean).length, count: verdicts.length })}
          </p>
        )}
        <ul>
          {pollsInOrder(asked.polls).map((poll) => (
            <PollCard key={poll.id} poll={poll} answer={answerOf(poll)} me={me} onEdit={() => setEditing(poll)} />
          ))}
        </ul>
      </div>
      {moderates && (
        <div className={classes.foot}>
          <button type="button" data-primary data-first onClick={() => setEditing('new')}>
            <IconPlus size={18} aria-hidden />
            {t('polls.prepare')}
          </button>
        </div>
      )}
      {editing && <PollForm poll={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Panel>
  );
}
