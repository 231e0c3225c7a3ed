import { IconBroadcast, IconClock, IconPlayerPauseFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockFace, currentItem, type HeardOrder, isSpeaking, timeLeft, type Warning, warningOf } from '../../call/running-order';
import { useSelected, useStore } from '../../call/store';
import { waitingListeners } from '../../call/webinar';
import { useCall, useMySeat } from '../../hooks/useCall';
import { useNow } from '../../hooks/useNow';
import classes from './Course.module.css';

/** One line above the stage: back stage or on the air, and the time of what is now. In a plain meeting there is none. */
export function CourseLine() {
  const { session } = useCall();
  const room = useSelected(session.live, (live) => live.room);
  const order = useSelected(session.live, (live) => live.order);
  const timed = order?.now ? order : null;
  if (room.mode !== 'webinar' && !timed) return null;
  return (
    <div className={classes.line} data-testid="course-line">
      {room.mode === 'webinar' && (room.phase === 'backstage' ? <Backstage /> : <OnAir />)}
      {timed && <Timer order={timed} />}
    </div>
  );
}

function OnAir() {
  const { t } = useTranslation('room');
  return (
    <span className={classes.onAir}>
      <IconBroadcast size={18} aria-hidden />
      {t('webinar.onAir')}
    </span>
  );
}

function Backstage() {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const me = useMySeat();
  const waiting = waitingListeners(useStore(session.live)).length;
  const [starting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    await session.attempt(() => api.goLive());
    setStarting(false);
  };
  return (
    <span className={classes.backstage}>
      <strong>{t('webinar.backstage')}</strong>
      <span className={classes.quiet}>{waiting > 0 ? t('webinar.waiting', { count: waiting }) : t('webinar.unheard')}</span>
      {me?.may.moderate && (
        <button type="button" disabled={starting} onClick={() => void start()}>
          {t('webinar.goLive')}
        </button>
      )}
    </span>
  );
}

function Timer({ order }: { order: HeardOrder }) {
  const { t } = useTranslation('room');
  const { view } = useCall();
  const left = timeLeft(order, useNow(1000)) ?? 0;
  const warning = warningOf(left);
  const item = currentItem(order);
  useSpeakerWarning(order, warning);
  const title = item?.title ?? t('order.noItem');
  return (
    <button
      type="button"
      className={classes.timer}
      data-warning={warning}
      aria-label={t('order.open', { title })}
      onClick={() => view.togglePanel('order')}
    >
      {order.now?.paused ? <IconPlayerPauseFilled size={16} aria-hidden /> : <IconClock size={16} aria-hidden />}
      <span className={classes.timerTitle} aria-hidden>
        {title}
      </span>
      <span className={classes.face} role="timer" aria-live="off">
        {clockFace(left)}
      </span>
    </button>
  );
}

/** Whoever speaks now is told near the end and at the end; once each, and not when they only just come in. */
function useSpeakerWarning(order: HeardOrder, warning: Warning): void {
  const { session } = useCall();
  const me = useMySeat();
  const mine = isSpeaking(order, me?.personId ?? null);
  const key = order.now?.itemId ?? '';
  const before = useRef({ key, warning });
  useEffect(() => {
    const was = before.current;
    before.current = { key, warning };
    if (!mine || was.key !== key || was.warning === warning) return;
    if (warning === 'soon' && was.warning === 'none') session.notices.tell({ key: 'timer.soon' });
    if (warning === 'over') session.notices.tell({ key: 'timer.over' });
  }, [session, mine, key, warning]);
}
