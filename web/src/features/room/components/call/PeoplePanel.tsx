import { IconDots, IconHandStop, IconMicrophone, IconMicrophoneOff, IconScreenShare, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import type { MediaPerson } from '../../call/media';
import { hueOf, initials, peopleView, type PersonRow } from '../../call/people';
import { useSelected, useStore } from '../../call/store';
import { listens } from '../../call/webinar';
import type { Seat } from '../../call/wire';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';
import { usePupilNames } from '../../hooks/usePupilNames';
import { Panel } from './Panel';
import { PersonMenu } from './PersonMenu';
import { WaitingForLive } from './WaitingForLive';

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
        <WaitingForLive search={search} />
        {nobody && <p className={classes.empty}>{t('people.empty')}</p>}
        {live.room.mode === 'webinar' ? (
          <>
            <Group title={t('webinar.onStage')} rows={present.filter(({ seat }) => seat && !listens(live.room, seat))} />
            <Group title={t('webinar.listeners')} rows={present.filter(({ seat }) => !seat || listens(live.room, seat))} />
          </>
        ) : (
          <Rows label={t('people.here')} rows={present} />
        )}
      </div>
    </Panel>
  );
}

function Rows({ label, rows }: { label: string; rows: readonly PersonRow[] }) {
  return (
    <ul className={classes.people} aria-label={label}>
      {rows.map((row) => (
        <Row key={row.seatId} row={row} />
      ))}
    </ul>
  );
}

/** Those on the stage of a webinar, or those who listen. */
function Group({ title, rows }: { title: string; rows: readonly PersonRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className={classes.groupTitle}>
        {title} ({rows.length})
      </h3>
      <Rows label={title} rows={rows} />
    </>
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
              {seat.isKit && <small>{t('tile.kit')}</small>}
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
  const { session, api } = useCall();
  const me = useMySeat();
  const room = useSelected(session.live, (live) => live.room);
  const [opened, setOpened] = useState(false);
  const { media, seat } = row;
  const pupil = usePupilNames()(seat);
  if (!media) return null;
  const marks = [
    pupil,
    seat?.role === 'host' && t('tile.host'),
    seat?.role === 'cohost' && t('tile.cohost'),
    seat?.isGuest && seat.pupilNumber === null && t('tile.guest'),
    seat?.isKit && t('tile.kit'),
    seat?.isSecretary && t('webinar.secretary'),
    seat?.stage === 'invited' && listens(room, seat) && t('webinar.invited'),
  ].filter(Boolean);
  const listening = seat !== null && listens(room, seat);
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
        {row.hand !== null && listening && seat.stage === 'off' && me?.may.moderate && (
          <button
            type="button"
            className={classes.rowDeed}
            aria-label={t('webinar.inviteName', { name: row.name })}
            onClick={() => void session.attempt(() => api.inviteOnStage(row.seatId))}
          >
            {t('webinar.inviteShort')}
          </button>
        )}
      </span>
      {row.hand !== null && (
        <span className={classes.handBadge} role="img" aria-label={t('tile.hand', { number: row.hand })}>
          <IconHandStop size={16} aria-hidden />
          {row.hand}
        </span>
      )}
      {media.screen && <IconScreenShare size={18} aria-label={t('live.sharing', { name: row.name })} role="img" />}
      {!listening && <Devices media={media} />}
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

function Devices({ media }: { media: MediaPerson }) {
  const { t } = useTranslation('room');
  return (
    <>
      {media.camera ? <IconVideo size={18} aria-hidden /> : <IconVideoOff size={18} className={classes.dim} aria-hidden />}
      {media.microphone ? (
        <IconMicrophone size={18} role="img" aria-label={t('tile.unmuted')} data-speaking={media.speaking || undefined} className={classes.rowMicrophone} />
      ) : (
        <IconMicrophoneOff size={18} role="img" aria-label={t('tile.muted')} className={classes.dim} />
      )}
    </>
  );
}
