import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { lazy, Suspense, type TouchEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton, Button } from '@/shared/ui';
import { arrange, pageSize } from '../../call/stage';
import { useSelected, useStore } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import { useSize } from '../../hooks/useSize';
import classes from './Call.module.css';
import { Tile } from './Tile';

/** With it comes the reader of PDF, which is large. */
const SlideTile = lazy(() => import('./slides/SlideTile').then((module) => ({ default: module.SlideTile })));

/** A finger that travels this far sideways means it. */
const SWIPE_PX = 60;

/** All pictures on one plane: a tile keeps its element whatever the layout, so that no video ever starts anew. */
export function Stage({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { session, stage, view } = useCall();
  const [ref, size] = useSize();
  const people = useSelected(stage, (media) => media.people);
  const alone = useSelected(session.media, (media) => media.people.length === 1);
  const webinar = useSelected(session.live, (live) => live.room.mode === 'webinar');
  const { layout, pinned, page, order, speaker, heldCapacity } = useStore(view.state);
  const slides = useSelected(session.live, (live) => live.showing !== null);
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people]);
  const measured = size.width > 0 && size.height > 0;

  const shown = useMemo(
    () =>
      measured
        ? arrange({ stage: size, layout, order, people: byId, slides, pinned, speaker, page, heldCapacity })
        : null,
    [measured, size, layout, order, byId, slides, pinned, speaker, page, heldCapacity],
  );
  useEffect(() => {
    if (shown) view.settle({ page: shown.page, capacity: shown.capacity, firstPage: pageSize(size) });
  }, [shown, view, size]);

  const touch = useSwipe((by) => {
    if (!shown) return;
    if (by > 0 && layout === 'speaker') view.setLayout('grid');
    else if (by > 0 && shown.page < shown.pages - 1) view.turnPage(1);
    else if (by < 0 && shown.page > 0) view.turnPage(-1);
    else if (by < 0 && layout === 'grid') view.setLayout('speaker');
  });

  // The order of elements follows the order of people, not the places: a moved element would blink.
  const placed = shown ? [...shown.placed].sort((a, b) => place(order, a) - place(order, b)) : [];
  return (
    <section className={classes.stage} aria-label={t('stage.label')} {...(phone ? touch : {})}>
      <div className={classes.plane} ref={ref} data-floating={shown?.strip === 'floating' || undefined}>
        {placed.map((tile) => {
          if (tile.what === 'slides') {
            return (
              <Suspense key={tile.key} fallback={null}>
                <SlideTile tile={tile} />
              </Suspense>
            );
          }
          const person = byId.get(tile.seatId);
          return person ? (
            <Tile key={tile.key} tile={tile} person={person} floating={shown?.strip === 'floating' && tile.role === 'thumb'} />
          ) : null;
        })}
        {alone && !webinar && !slides && <Alone />}
        {webinar && people.length === 0 && !slides && <p className={classes.emptyStage}>{t('webinar.emptyStage')}</p>}
      </div>
      {shown && shown.pages > 1 && (
        <div className={classes.pages} data-strip={shown.strip}>
          <button type="button" aria-label={t('stage.previous')} disabled={shown.page === 0} onClick={() => view.turnPage(-1)}>
            <IconChevronLeft aria-hidden />
          </button>
          <span role="status">{t('stage.page', { page: shown.page + 1, pages: shown.pages })}</span>
          <button
            type="button"
            aria-label={t('stage.next')}
            disabled={shown.page >= shown.pages - 1}
            onClick={() => view.turnPage(1)}
          >
            <IconChevronRight aria-hidden />
          </button>
        </div>
      )}
      {phone && people.length > 1 && (
        <div className={classes.dots}>
          <button
            type="button"
            aria-label={t('stage.toSpeaker')}
            aria-pressed={layout === 'speaker'}
            onClick={() => view.setLayout('speaker')}
          />
          <button
            type="button"
            aria-label={t('stage.toGrid')}
            aria-pressed={layout === 'grid'}
            onClick={() => view.setLayout('grid')}
          />
        </div>
      )}
    </section>
  );
}

function place(order: readonly string[], tile: { seatId: string; what: string }): number {
  if (tile.what === 'slides') return -1;
  return order.indexOf(tile.seatId) * 2 + (tile.what === 'screen' ? 0 : 1);
}

/** Nobody else is here: the one useful thing is the link. */
function Alone() {
  const { t } = useTranslation('room');
  const link = window.location.href;
  return (
    <div className={classes.alone}>
      <p>
        <strong>{t('stage.alone')}</strong>
        <span>{t('stage.aloneHint')}</span>
      </p>
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button size="sm" variant="default" onClick={copy}>
            {t(copied ? 'card.copied' : 'card.copyLink')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      start.current = touch && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!touch || !from) return;
      const dx = touch.clientX - from.x;
      const dy = touch.clientY - from.y;
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy) * 1.5) onSwipe(dx < 0 ? 1 : -1);
    },
  };
}
