import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { clockFace, currentItem, type HeardOrder, nextItem, timeLeft, warningOf } from '../../call/running-order';
import { useSelected } from '../../call/store';
import { keepsRecord } from '../../call/webinar';
import type { RunningItem } from '../../call/wire';
import { useCall, useMySeat } from '../../hooks/useCall';
import { useNow } from '../../hooks/useNow';
import classes from './Course.module.css';
import { Panel } from './Panel';

/** «Ход встречи»: the programme with what is now, and the timer; those who keep the record say what comes. */
export function OrderPanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const me = useMySeat();
  const order = useSelected(session.live, (live) => live.order);
  const keeps = keepsRecord(me);
  return (
    <Panel title={t('order.title')} phone={phone}>
      <div className={classes.order}>
        {order?.now && <Clock order={order} keeps={keeps} />}
        {keeps && order && !order.now && <NewTimer order={order} />}
        {order && order.items.length > 0 ? (
          <ol className={classes.items}>
            {order.items.map((item) => (
              <Item key={item.id} item={item} now={item.id === order.now?.itemId} keeps={keeps} />
            ))}
          </ol>
        ) : (
          <p className={classes.quiet}>{t(keeps ? 'order.emptyKeeper' : 'order.empty')}</p>
        )}
      </div>
    </Panel>
  );
}

function Item({ item, now, keeps }: { item: RunningItem; now: boolean; keeps: boolean }) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  const { session, api } = useCall();
  return (
    <li data-now={now || undefined} aria-current={now ? 'step' : undefined}>
      <time dateTime={item.startsAt}>{formatTime(item.startsAt, language)}</time>
      <span className={classes.itemText}>
        <span>{item.title}</span>
        <small>
          {[...item.speakers.map((speaker) => speaker.name), t('order.minutes', { count: item.minutes })].join(', ')}
        </small>
      </span>
      {now ? (
        <span className={classes.nowMark}>{t('order.now')}</span>
      ) : (
        keeps && (
          <button
            type="button"
            className={classes.deed}
            aria-label={t('order.startItem', { title: item.title })}
            onClick={() => void session.attempt(() => api.setNow({ itemId: item.id }))}
          >
            {t('order.start')}
          </button>
        )
      )}
    </li>
  );
}

function Clock({ order, keeps }: { order: HeardOrder; keeps: boolean }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const left = timeLeft(order, useNow(1000)) ?? 0;
  const next = nextItem(order);
  const { now } = order;
  if (!now) return null;
  const act = (request: () => Promise<unknown>) => () => void session.attempt(request);
  return (
    <section className={classes.clock} data-warning={warningOf(left)} aria-label={t('order.timer')}>
      <strong>{currentItem(order)?.title ?? t('order.noItem')}</strong>
      <span className={classes.bigFace} role="timer" aria-live="off">
        {clockFace(left)}
      </span>
      <span className={classes.quiet}>{t(now.paused ? 'order.paused' : left > 0 ? 'order.left' : 'order.over')}</span>
      {keeps && (
        <div className={classes.deeds}>
          <button type="button" className={classes.deed} onClick={act(() => api.changeNow({ paused: !now.paused }))}>
            {now.paused ? <IconPlayerPlay size={18} aria-hidden /> : <IconPlayerPause size={18} aria-hidden />}
            {t(now.paused ? 'order.resume' : 'order.pause')}
          </button>
          <button type="button" className={classes.deed} onClick={act(() => api.changeNow({ minutes: now.minutes + 1 }))}>
            {t('order.more')}
          </button>
          <button type="button" className={classes.deed} onClick={act(() => api.clearNow())}>
            <IconPlayerStop size={18} aria-hidden />
            {t('order.stop')}
          </button>
          {next && now.itemId !== null && (
            <button type="button" className={classes.deed} data-primary onClick={act(() => api.setNow({ itemId: next.id }))}>
              <IconPlayerSkipForward size={18} aria-hidden />
              {t('order.next', { title: next.title })}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

const TIMES = [5, 10, 15, 30] as const;

/** A time without an item, for a meeting whose programme nobody wrote. */
function NewTimer({ order }: { order: HeardOrder }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const [minutes, setMinutes] = useState<number>(TIMES[1]);
  const first = order.items[0];
  return (
    <section className={classes.clock} aria-label={t('order.timer')}>
      {first && (
        <div className={classes.deeds}>
          <button type="button" className={classes.deed} data-primary onClick={() => void session.attempt(() => api.setNow({ itemId: first.id }))}>
            <IconPlayerPlay size={18} aria-hidden />
            {t('order.next', { title: first.title })}
          </button>
        </div>
      )}
      <div className={classes.newTimer}>
        <label htmlFor="order-minutes">{t('order.newTimer')}</label>
        <select id="order-minutes" value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
          {TIMES.map((value) => (
            <option key={value} value={value}>
              {t('order.minutes', { count: value })}
            </option>
          ))}
        </select>
        <button type="button" className={classes.deed} onClick={() => void session.attempt(() => api.setNow({ minutes }))}>
          {t('order.start')}
        </button>
      </div>
    </section>
  );
}
