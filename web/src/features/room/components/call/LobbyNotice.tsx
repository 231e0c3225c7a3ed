import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { waitingSeats } from '../../call/live';
import { useStore } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import { playKnock } from '../../prejoin/sound';
import classes from './Call.module.css';

/** Somebody knocks: seen and heard by those who may open, until the door is opened or the list is. */
export function LobbyNotice() {
  const { t } = useTranslation('room');
  const { session, api, view } = useCall();
  const live = useStore(session.live);
  const panel = useStore(view.state).panel;
  const waiting = live.me?.may.moderate ? waitingSeats(live) : [];
  const heard = useRef(0);
  const count = waiting.length;
  useEffect(() => {
    if (count > heard.current) void playKnock().catch(() => undefined);
    heard.current = count;
  }, [count]);

  const first = waiting[0];
  if (!first || panel === 'people') return null;
  const admit = () => void session.attempt(() => (count === 1 ? api.admit(first.id) : api.admitAll()));
  return (
    <section className={classes.lobbyNotice} aria-label={t('people.waiting')} data-testid="lobby-notice">
      <strong>{t('people.lobbyNotice', { count, name: first.name })}</strong>
      {count > 1 && <p>{waiting.slice(0, 3).map((seat) => seat.name).join(', ')}</p>}
      <div>
        <button type="button" data-primary onClick={admit}>
          {t(count === 1 ? 'people.admit' : 'people.admitAll')}
        </button>
        {count === 1 && (
          <button type="button" onClick={() => void session.attempt(() => api.refuse(first.id))}>
            {t('people.refuse')}
          </button>
        )}
        {count > 1 && (
          <button type="button" onClick={() => view.togglePanel('people')}>
            {t('people.lobbySee')}
          </button>
        )}
      </div>
    </section>
  );
}
