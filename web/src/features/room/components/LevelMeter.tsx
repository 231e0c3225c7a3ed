import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { watchLevel } from '../prejoin/level';
import classes from './Room.module.css';

/** A bar that moves with the voice. The bar is drawn past React: twenty changes a second are not worth a render. */
export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const { t } = useTranslation('room');
  const meter = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!track) return undefined;
    let shown = 0;
    const stop = watchLevel(track, (level) => {
      // Up at once, down slowly: so that syllables are not a flicker.
      shown = level > shown ? level : shown * 0.85 + level * 0.15;
      if (bar.current) bar.current.style.transform = `scaleX(${shown.toFixed(3)})`;
      meter.current?.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
    });
    const empty = bar.current;
    return () => {
      stop();
      if (empty) empty.style.transform = 'scaleX(0)';
    };
  }, [track]);
  return (
    <div
      ref={meter}
      className={classes.meter}
      role="meter"
      aria-label={t('preview.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <div ref={bar} className={classes.meterBar} />
    </div>
  );
}
