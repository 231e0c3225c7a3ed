import { type PointerEvent, type TouchEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfPage, usePdf } from '@/shared/pdf';
import { leads, pageSeen } from '../../../call/slides';
import { isTyping } from '../../../call/shortcuts';
import type { Placed } from '../../../call/stage';
import { useSelected, useStore } from '../../../call/store';
import { useCall } from '../../../hooks/useCall';
import { useSize } from '../../../hooks/useSize';
import callClasses from '../Call.module.css';
import { SlideBar } from './SlideBar';
import classes from './Slides.module.css';

/** A finger that travels this far sideways turns the page. */
const SWIPE_PX = 50;

/** The page of slides on the stage, with what turns it; small, among the others, it is only a picture. */
export function SlideTile({ tile }: { tile: Placed }) {
  const { t } = useTranslation('room');
  const { session, slides, view } = useCall();
  const showing = useSelected(session.live, (live) => live.showing);
  const page = pageSeen(showing, useStore(slides.state));
  const large = tile.role !== 'thumb';
  const swipe = useSwipe((by) => slides.turn(by));
  useTurningKeys(large);
  if (!showing || page === null) return null;
  const label = t('slides.page', { page, pages: showing.pages, name: showing.name });
  const { rect } = tile;
  return (
    // Pinning by a double click and turning by a finger are short cuts; buttons do the same.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={`${callClasses.tile} ${classes.tile}`}
      aria-label={t('slides.title')}
      data-role={tile.role}
      data-what="slides"
      data-page={page}
      style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}
      onDoubleClick={() => view.togglePin(tile.key)}
      {...(large ? swipe : {})}
    >
      <Sheet key={showing.deckId} deckId={showing.deckId} page={page} label={label} points={large} />
      {large ? (
        <SlideBar showing={showing} page={page} />
      ) : (
        <button type="button" className={classes.enlarge} aria-label={t('slides.enlarge')} onClick={() => view.togglePin(tile.key)} />
      )}
      <span className={classes.said} role="status">
        {large ? label : ''}
      </span>
    </article>
  );
}

/** The page itself, and the pointer above it. */
function Sheet({ deckId, page, label, points }: { deckId: string; page: number; label: string; points: boolean }) {
  const { t } = useTranslation('room');
  const { document, failed, again } = usePdf(`/api/decks/${deckId}/file`);
  const [ref, size] = useSize();
  return (
    <div className={classes.sheet} ref={ref}>
      {document && size.width > 0 && size.height > 0 && (
        <>
          <PdfPage document={document} page={page} width={size.width} height={size.height} label={label} ahead />
          {points && <PointerLayer page={page} />}
        </>
      )}
      {failed && (
        <div className={classes.failed} role="alert">
          <p>{t('slides.failed')}</p>
          <button type="button" onClick={again}>
            {t('slides.again')}
          </button>
        </div>
      )}
      {!document && !failed && <p className={classes.failed}>{t('slides.loading')}</p>}
    </div>
  );
}

/** Where the leader points; the leader's own mouse or pen moves it while the pointer is on. */
function PointerLayer({ page }: { page: number }) {
  const { session, slides } = useCall();
  const point = useStore(session.pointer.state);
  const pointing = useStore(slides.pointing);
  const lead = useSelected(session.live, leads);
  const layer = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLSpanElement>(null);
  const active = lead && pointing;
  const move = (event: PointerEvent<HTMLElement>) => {
    const picture = pictureBy(event.currentTarget);
    if (!picture) return;
    const x = (event.clientX - picture.left) / picture.width;
    const y = (event.clientY - picture.top) / picture.height;
    const within = x >= 0 && x <= 1 && y >= 0 && y <= 1;
    session.pointer.point(within ? { page, x, y } : null);
  };
  useLayoutEffect(() => {
    const mark = dot.current;
    const around = layer.current?.getBoundingClientRect();
    const picture = pictureBy(layer.current);
    if (!mark) return;
    mark.hidden = !point || point.page !== page || !picture || !around;
    if (!point || !picture || !around) return;
    mark.style.left = `${picture.left - around.left + point.x * picture.width}px`;
    mark.style.top = `${picture.top - around.top + point.y * picture.height}px`;
  }, [point, page]);
  return (
    <div
      ref={layer}
      className={classes.pointerLayer}
      data-active={active || undefined}
      onPointerMove={active ? move : undefined}
      onPointerDown={active ? move : undefined}
      onPointerLeave={active ? () => session.pointer.point(null) : undefined}
      aria-hidden
    >
      <span ref={dot} className={classes.pointer} data-testid="slide-pointer" />
    </div>
  );
}

/** The picture's own box: a page rarely has the shape of its place. */
function pictureBy(layer: HTMLElement | null): DOMRect | undefined {
  return layer?.parentElement?.querySelector('canvas')?.getBoundingClientRect();
}

const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

/** While slides have the stage, arrows and page keys turn them; elsewhere and while typing they do what they always do. */
function useTurningKeys(on: boolean): void {
  const { slides, session } = useCall();
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      const target = event.target instanceof Element ? event.target : null;
      if (modified || (target && (isTyping(target) || target.closest('[role="slider"], [role="radiogroup"], [data-scrolls]')))) return;
      const by = KEYS[event.key];
      const pages = session.live.get().showing?.pages;
      if (by === undefined && event.key !== 'Home' && event.key !== 'End') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (by !== undefined) slides.turn(by);
      else if (pages !== undefined) slides.goTo(event.key === 'Home' ? 1 : pages);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [on, slides, session]);
}

function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      // A swipe over the slides is not one over the stage; two fingers zoom, and so does a page that is zoomed in.
      event.stopPropagation();
      const touch = event.touches[0];
      const zoomed = (window.visualViewport?.scale ?? 1) > 1.01;
      start.current = touch && event.touches.length === 1 && !zoomed ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      event.stopPropagation();
      const touch = event.changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!touch || !from) return;
      const dx = touch.clientX - from.x;
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(touch.clientY - from.y) * 1.5) onSwipe(dx < 0 ? 1 : -1);
    },
  };
}
