import {
  IconAntennaBars1,
  IconAntennaBars2,
  IconAntennaBars5,
  IconDots,
  IconHandStop,
  IconMicrophoneOff,
  IconPinnedFilled,
  IconScreenShare,
} from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handNumber } from '../../call/live';
import type { MediaPerson, Picture, Quality } from '../../call/media';
import { hueOf, initials } from '../../call/people';
import type { Placed } from '../../call/stage';
import { useSelected } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import classes from './Call.module.css';
import { PersonMenu } from './PersonMenu';

interface Props {
  tile: Placed;
  person: MediaPerson;
  floating: boolean;
}

/** One person, or one shared screen, wherever the layout puts it. */
export const Tile = memo(
  function Tile({ tile, person, floating }: Props) {
    const { t } = useTranslation('room');
    const { session, view } = useCall();
    const seat = useSelected(session.live, (live) => live.seats.get(person.id) ?? null);
    const hand = useSelected(session.live, (live) => handNumber(live, person.id));
    const pinned = useSelected(view.state, (state) => state.pinned.includes(tile.key));
    const screen = tile.what === 'screen';
    const picture = screen ? person.screen : person.camera;
    const plain = seat?.name ?? person.name;
    const name = person.local ? t('tile.named', { name: plain }) : plain;
    const shown = screen ? (person.local ? t('tile.yourScreen') : t('tile.screen', { name: plain })) : name;
    const { rect } = tile;
    const small = rect.width < 220;

    // What sighted people see in icons, in one sentence.
    const said = [
      shown,
      !screen && t(person.microphone ? 'tile.unmuted' : 'tile.muted'),
      !screen && person.speaking && t('tile.speaking'),
      !screen && hand !== null && t('tile.hand', { number: hand }),
      !screen && (person.quality === 'poor' || person.quality === 'lost') && t(`tile.quality.${person.quality}`),
    ]
      .filter(Boolean)
      .join(', ');

    return (
      // Pinning by a double click is a mouse's short cut; the menu has it for everybody.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <article
        className={classes.tile}
        aria-label={said}
        data-role={tile.role}
        data-what={tile.what}
        data-seat={person.id}
        data-speaking={(!screen && person.speaking) || undefined}
        data-small={small || undefined}
        data-floating={floating || undefined}
        style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}
        onDoubleClick={() => view.togglePin(tile.key)}
      >
        {screen && person.local ? (
          // One's own screen within one's own screen is an endless corridor.
          <div className={classes.ownScreen}>
            <IconScreenShare size={40} aria-hidden />
            <p>{t('tile.youShare')}</p>
          </div>
        ) : picture ? (
          <Video picture={picture} mirrored={!screen && person.mirrored} contain={screen} />
        ) : (
          <div className={classes.faceless} aria-hidden>
            <span style={{ background: `hsl(${hueOf(person.id)} 32% 34%)` }}>{initials(plain)}</span>
          </div>
        )}
        <div className={classes.badges} aria-hidden>
          {!screen && hand !== null && (
            <span className={classes.handBadge}>
              <IconHandStop size={16} />
              {hand}
            </span>
          )}
          {pinned && (
            <span className={classes.badge}>
              <IconPinnedFilled size={16} />
            </span>
          )}
        </div>
        <div className={classes.nameplate} aria-hidden>
          {!screen && !person.microphone && <IconMicrophoneOff size={16} className={classes.mutedIcon} />}
          <span>{shown}</span>
          {!screen && <QualityIcon quality={person.quality} />}
        </div>
        <TileTools label={t('tile.menu', { name: shown })} person={person} tile={tile} />
      </article>
    );
  },
  (before, after) =>
    before.person === after.person &&
    before.floating === after.floating &&
    before.tile.role === after.tile.role &&
    sameRect(before.tile, after.tile),
);

function sameRect(a: Placed, b: Placed): boolean {
  return a.rect.x === b.rect.x && a.rect.y === b.rect.y && a.rect.width === b.rect.width && a.rect.height === b.rect.height;
}

function Video({ picture, mirrored, contain }: { picture: Picture; mirrored: boolean; contain: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => (element.current ? picture.attach(element.current) : undefined), [picture]);
  return (
    <video
      ref={element}
      className={classes.video}
      data-mirrored={mirrored || undefined}
      data-contain={contain || undefined}
      muted
      playsInline
      autoPlay
      tabIndex={-1}
      aria-hidden
    />
  );
}

/** A good line needs no mark on every face; a weak one is shown at once. */
function QualityIcon({ quality }: { quality: Quality }) {
  if (quality === 'lost') return <IconAntennaBars1 size={18} className={classes.weak} />;
  if (quality === 'poor') return <IconAntennaBars2 size={18} className={classes.weak} />;
  if (quality === 'unknown') return null;
  return <IconAntennaBars5 size={18} className={classes.strong} />;
}

/** The menu of a tile is built when a hand comes near: twenty-five idle menus would cost a slow laptop a second. */
function TileTools({ label, person, tile }: { label: string; person: MediaPerson; tile: Placed }) {
  const [opened, setOpened] = useState(false);
  const button = (
    <button
      type="button"
      className={classes.tileMenu}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={opened}
      onClick={() => setOpened(true)}
    >
      <IconDots size={20} aria-hidden />
    </button>
  );
  if (!opened) return button;
  return (
    <PersonMenu person={person} tileKey={tile.key} opened onClose={() => setOpened(false)}>
      {button}
    </PersonMenu>
  );
}
