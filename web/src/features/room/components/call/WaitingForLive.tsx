import { useTranslation } from 'react-i18next';
import { useStore } from '../../call/store';
import { waitingListeners } from '../../call/webinar';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';

/** Before the start: who came and waits. A guest who speaks is called back stage from here. */
export function WaitingForLive({ search }: { search: string }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const me = useMySeat();
  const live = useStore(session.live);
  if (!me?.may.moderate) return null;
  const wanted = search.trim().toLocaleLowerCase('ru');
  const seats = waitingListeners(live).filter((seat) => seat.name.toLocaleLowerCase('ru').includes(wanted));
  if (seats.length === 0) return null;
  return (
    <>
      <h3 className={classes.groupTitle}>
        {t('webinar.waitingTitle')} ({seats.length})
      </h3>
      <ul className={classes.people} aria-label={t('webinar.waitingTitle')}>
        {seats.map((seat) => (
          <li key={seat.id} className={classes.person}>
            <span className={classes.personName}>
              <span>{seat.name}</span>
              {seat.stage === 'invited' && <small>{t('webinar.invited')}</small>}
            </span>
            {seat.stage === 'off' && (
              <button
                type="button"
                className={classes.rowDeed}
                aria-label={t('webinar.callName', { name: seat.name })}
                onClick={() => void session.attempt(() => api.inviteOnStage(seat.id))}
              >
                {t('webinar.call')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
