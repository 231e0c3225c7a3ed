import { IconDots, IconHandStop, IconMicrophone, IconMicrophoneOff, IconScreenShare, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { hueOf, initials, peopleView, type PersonRow } from '../../call/people';
import { useSelected, useStore } from '../../call/store';
import type { Seat } from '../../call/wire';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';
import { Panel } from './Panel';
import { PersonMenu } from './PersonMenu';

/** Who is here, who waits, whose hand is up; with the same deeds as on the tiles. */
export function PeoplePanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  const { session } = useCall();
  const me = useMySeat();
  const live = useStore(session.live);
  const people = useSelected(session.media, (media) => media.people);
  const [search, setSearch] = useState('');
  const { waiting, present } = useMemo(() => peopleView(live, people, search, language), [live, people, search, language]);
  const nobody = waiting.length === 0 && present.length === 0;
  return (
    <Panel title={`${t('people.title')} (${people.length})`} phone={phone}>
      <div className={classes.searchPlace}>
        <input
          data-first
          type="search"
          className={classes.search}
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <div className={classes.peopleScroll}>
        {me?.may.moderate && waiting.length > 0 && <Waiting seats={waiting} />}
        {nobody ? (
          <p className={classes.empty}>{t('people.empty')}</p>
        ) : (
          <ul className={classes.people} aria-label={t('people.here')}>
            {present.map((row) => (
              <Row key={row.seatId} row={row} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Waiting({ seats }: { seats: readonly Seat[] }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  return (
    <section className={classes.waiting} aria-label={t('people.waiting')}>
      <div className={classes.waitingHead}>
        <h3>{t('people.waiting')}</h3>
        {seats.length > 1 && (
          <button type="button" data-primary onClick={() => void session.attempt(() => api.admitAll())}>
            {t('people.admitAll')}
          </button>
        )}
      </div>
      <ul>
        {seats.map((seat) => (
          <li key={seat.id}>
            <span>
              {seat.name}
              {seat.isGuest && <small>{t('tile.guest')}</small>}
            </span>
            <button
              type="button"
              data-primary
              aria-label={t('people.admitName', { name: seat.name })}
              onClick={() => void session.attempt(() => api.admit(seat.id))}
            >
              {t('people.admit')}
            </button>
            <button
              type="button"
              aria-label={t('people.refuseName', { name: seat.name })}
              onClick={() => void session.attempt(() => api.refuse(seat.id))}
            >
              {t('people.refuse')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: PersonRow }) {
  const { t } = useTranslation('room');
  const [opened, setOpened] = useState(false);
  const { media, seat } = row;
  if (!media) return null;
  const marks = [
    seat?.role === 'host' && t('tile.host'),
    seat?.role === 'cohost' && t('tile.cohost'),
    seat?.isGuest && t('tile.guest'),
  ].filter(Boolean);
  const button = (
    <button
      type="button"
      className={classes.rowMenu}
      aria-label={t('tile.menu', { name: row.name })}
      aria-haspopup="menu"
      aria-expanded={opened}
      onClick={() => setOpened(true)}
    >
      <IconDots size={20} aria-hidden />
    </button>
  );
  return (
    <li className={classes.person} data-seat={row.seatId}>
      <span className={classes.face} style={{ background: `hsl(${hueOf(row.seatId)} 32% 34%)` }} aria-hidden>
        {initials(row.name)}
      </span>
      <span className={classes.personName}>
        <span>{row.me ? t('tile.named', { name: row.name }) : row.name}</span>
        {marks.length > 0 && <small>{marks.join(', ')}</small>}
      </span>
      {row.hand !== null && (
        <span className={classes.handBadge} role="img" aria-label={t('tile.hand', { number: row.hand })}>
          <IconHandStop size={16} aria-hidden />
          {row.hand}
        </span>
      )}
      {media.screen && <IconScreenShare size={18} aria-label={t('live.sharing', { name: row.name })} role="img" />}
      {media.camera ? <IconVideo size={18} aria-hidden /> : <IconVideoOff size={18} className={classes.dim} aria-hidden />}
      {media.microphone ? (
        <IconMicrophone size={18} role="img" aria-label={t('tile.unmuted')} data-speaking={media.speaking || undefined} className={classes.rowMicrophone} />
      ) : (
        <IconMicrophoneOff size={18} role="img" aria-label={t('tile.muted')} className={classes.dim} />
      )}
      {opened ? (
        <PersonMenu person={media} opened onClose={() => setOpened(false)}>
          {button}
        </PersonMenu>
      ) : (
        button
      )}
    </li>
  );
}
