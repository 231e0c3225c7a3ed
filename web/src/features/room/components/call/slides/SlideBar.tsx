import { IconChevronLeft, IconChevronRight, IconLayoutGrid, IconPointer, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leads } from '../../../call/slides';
import { useSelected, useStore } from '../../../call/store';
import type { Showing } from '../../../call/wire';
import { useCall, useMySeat } from '../../../hooks/useCall';
import classes from './Slides.module.css';

/** Under the page: turning it, finding one's way back, and what whoever leads or runs the room needs. */
export function SlideBar({ showing, page }: { showing: Showing; page: number }) {
  const { t } = useTranslation('room');
  const { session, slides, view, api } = useCall();
  const me = useMySeat();
  const lead = useSelected(session.live, leads);
  const leader = useSelected(session.live, (live) => live.seats.get(showing.seatId)?.name ?? '');
  const { own } = useStore(slides.state);
  const pointing = useStore(slides.pointing);
  const panel = useSelected(view.state, (state) => state.panel === 'slides');
  const moderates = me?.may.moderate === true;
  const away = own !== null;
  return (
    <div className={classes.bar}>
      <div className={classes.barGroup}>
        <button type="button" aria-label={t('slides.previous')} disabled={page <= 1} onClick={() => slides.turn(-1)}>
          <IconChevronLeft aria-hidden />
        </button>
        <PageField key={page} page={page} pages={showing.pages} />
        <button type="button" aria-label={t('slides.next')} disabled={page >= showing.pages} onClick={() => slides.turn(1)}>
          <IconChevronRight aria-hidden />
        </button>
      </div>
      {away && (
        <button type="button" className={classes.worded} data-primary onClick={() => slides.back()}>
          {t('slides.back')}
        </button>
      )}
      {!lead && moderates && away && (
        <button type="button" className={classes.worded} onClick={() => slides.bringAll(false)}>
          {t('slides.bringAll')}
        </button>
      )}
      {!lead && !away && <span className={classes.leader}>{t('slides.leader', { name: leader })}</span>}
      <div className={classes.barGroup} data-end>
        {!lead && moderates && !away && (
          <button type="button" className={classes.worded} onClick={() => slides.bringAll(true)}>
            {t('slides.lead')}
          </button>
        )}
        {lead && (
          <button
            type="button"
            aria-label={t('slides.pointer')}
            title={t('slides.pointer')}
            aria-pressed={pointing}
            onClick={() => slides.pointing.update((on) => !on)}
          >
            <IconPointer aria-hidden />
          </button>
        )}
        <button type="button" aria-label={t('slides.pages')} title={t('slides.pages')} aria-pressed={panel} onClick={() => view.togglePanel('slides')}>
          <IconLayoutGrid aria-hidden />
        </button>
        {(lead || moderates) && (
          <button type="button" aria-label={t('slides.end')} title={t('slides.end')} onClick={() => void session.attempt(() => api.endShow())}>
            <IconX aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}

/** «3 of 12», where another number may be typed. */
function PageField({ page, pages }: { page: number; pages: number }) {
  const { t } = useTranslation('room');
  const { slides } = useCall();
  const [typed, setTyped] = useState(String(page));
  const go = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Number(typed);
    if (Number.isFinite(wanted) && typed.trim() !== '') slides.goTo(wanted);
    else setTyped(String(page));
  };
  return (
    <form className={classes.pageField} onSubmit={go}>
      <input
        inputMode="numeric"
        aria-label={t('slides.goTo')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(String(page))}
      />
      <span>{t('slides.of', { pages })}</span>
    </form>
  );
}
