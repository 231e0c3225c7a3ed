import { useTranslation } from 'react-i18next';
import { useSelected, useStore } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import classes from './Call.module.css';

const choices = ['👍', '👏', '❤️', '😀', '😮', '🤔', '🎉', '👋'] as const;

/** Emoji that rise over the stage with the name of who sent them, and are gone. */
export function Reactions() {
  const { session } = useCall();
  const reactions = useStore(session.reactions.state);
  const seats = useSelected(session.live, (live) => live.seats);
  return (
    <div className={classes.reactions} aria-hidden data-testid="reactions">
      {reactions.map((reaction) => (
        <div key={reaction.id} style={{ left: `${(reaction.id * 37) % 70}%` }}>
          <span>{reaction.emoji}</span>
          <small>{seats.get(reaction.seatId)?.name ?? ''}</small>
        </div>
      ))}
    </div>
  );
}

export function ReactionPicker({ onPicked }: { onPicked?: () => void }) {
  const { t } = useTranslation('room');
  const { session } = useCall();
  return (
    <div className={classes.picker} role="group" aria-label={t('controls.react')}>
      {choices.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={t('controls.reactWith', { emoji })}
          onClick={() => {
            void session.react(emoji);
            onPicked?.();
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
