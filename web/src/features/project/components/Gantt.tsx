import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckpointStanding, Passport, PassportCheckpoint } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { VisuallyHidden } from '@/shared/ui';
import classes from './Gantt.module.css';
import { dragged, monthAt, monthIndex, moved, place, spanOf, type Grip, type Span, type Term } from './months';
import { formatTerm, shortMonth } from './words';

type Props = {
  passport: Passport;
  standings: CheckpointStanding[];
  today: string;
  /** Numbers of those that were moved and not saved. */
  changed: string[];
  /** Left out where nothing may be moved. */
  onMove?: ((number: string, term: Term) => void) | undefined;
};

/**
 * Checkpoints over months. A bar is dragged by its middle or its ends; on the keyboard arrows move it, with Shift its
 * end, with Alt its beginning. The same is listed as a table beneath, which a phone shows alone.
 */
export function Gantt({ passport, standings, today, changed, onMove }: Props) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const span = spanOf(passport);
  const months = Array.from({ length: span.count }, (_, at) => monthAt(span.first + at));
  const now = monthIndex(today.slice(0, 7)) - span.first + (Number(today.slice(8, 10)) - 1) / 31;
  return (
    <div className={classes.chart} style={{ '--months': span.count } as CSSProperties} role="group" aria-label={t('gantt.label')}>
      {onMove && <VisuallyHidden id="gantt-keys">{t('gantt.keys')}</VisuallyHidden>}
      <div className={classes.row} aria-hidden>
        <div className={classes.label} />
        <div className={classes.head}>
          {months.map((month) => (
            <span key={month}>{shortMonth(month, language)}</span>
          ))}
        </div>
      </div>
      {passport.stages.flatMap((stage) => [
        <div key={stage.number} className={classes.row} aria-hidden>
          <div className={`${classes.label} ${classes.stage}`}>
            {stage.number}. {stage.name}
          </div>
          <div className={classes.stage} />
        </div>,
        ...stage.checkpoints.map((point) => (
          <div key={point.number} className={classes.row}>
            <div className={classes.label} aria-hidden>
              {point.number} {point.name}
            </div>
            <div className={classes.track}>
              {now >= 0 && now <= span.count && <div className={classes.today} style={{ left: `${(now / span.count) * 100}%` }} />}
              <Bar
                point={point}
                span={span}
                standing={standings.find(({ number }) => number === point.number)}
                changed={changed.includes(point.number)}
                onMove={onMove && ((term) => onMove(point.number, term))}
              />
            </div>
          </div>
        )),
      ])}
    </div>
  );
}

type BarProps = {
  point: PassportCheckpoint;
  span: Span;
  standing: CheckpointStanding | undefined;
  changed: boolean;
  onMove: ((term: Term) => void) | undefined;
};

function Bar({ point, span, standing, changed, onMove }: BarProps) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const held = useRef<{ x: number; width: number; grip: Grip; from: Term } | null>(null);
  const [preview, setPreview] = useState<Term | null>(null);
  const shown = preview ?? point;
  const { left, width } = place(shown, span);

  const take = (event: PointerEvent<HTMLButtonElement>) => {
    const track = event.currentTarget.parentElement;
    if (!onMove || !track || event.button !== 0) return;
    const grip = (event.target as HTMLElement).dataset['grip'];
    held.current = {
      x: event.clientX,
      width: track.getBoundingClientRect().width,
      grip: grip === 'start' || grip === 'end' ? grip : 'whole',
      from: { start: point.start, end: point.end },
    };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent) => {
    if (!held.current) return;
    const { x, width: whole, grip, from } = held.current;
    setPreview(moved(from, grip, dragged(event.clientX - x, whole, span), span));
  };
  const drop = () => {
    if (held.current && preview && onMove && (preview.start !== point.start || preview.end !== point.end)) onMove(preview);
    held.current = null;
    setPreview(null);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!onMove || by === undefined) return;
    event.preventDefault();
    const grip: Grip = event.shiftKey ? 'end' : event.altKey ? 'start' : 'whole';
    onMove(moved({ start: point.start, end: point.end }, grip, by, span));
  };
  return (
    <button
      type="button"
      className={classes.bar}
      style={{ left: `${left}%`, width: `${width}%` }}
      data-light={standing?.light ?? 'grey'}
      data-done={standing?.doneOn !== null || undefined}
      data-moved={changed || preview !== null || undefined}
      disabled={!onMove}
      aria-label={t('gantt.bar', { number: point.number, name: point.name, term: formatTerm(shown, language) })}
      aria-describedby={onMove && 'gantt-keys'}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={() => {
        held.current = null;
        setPreview(null);
      }}
      onKeyDown={press}
    >
      <span className={classes.grip} data-grip="start" />
      <span className={classes.grip} data-grip="end" />
    </button>
  );
}
