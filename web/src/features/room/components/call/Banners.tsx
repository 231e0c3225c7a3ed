import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelected, useStore } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import { useSpeakingMuted } from '../../hooks/useSpeakingMuted';
import classes from './Call.module.css';

/** What stands between the person and the call right now: one calm line at the top, the most important one only. */
export function Banners() {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const { link, attempts, problem, restarting, feed } = useStore(session.state);
  const mediaLink = useSelected(session.media, (media) => media.link);
  const soundBlocked = useSelected(session.media, (media) => media.soundBlocked);
  const speakingMuted = useSpeakingMuted(session);
  const online = useOnline();
  const lesson = useSelected(session.live, (live) => live.lesson);
  const feedLost = useLasting(feed === 'lost', 4000);
  const away = link === 'back' || mediaLink === 'reconnecting' || (link === 'connected' && mediaLink === 'closed');
  const awayLong = useLasting(away, 12_000);

  let words: string | null = null;
  let button: { label: string; run: () => void } | null = null;
  let calm = false;
  if (!online && (away || link === 'joining')) words = t('banner.offline');
  else if (restarting) words = t('banner.restarting');
  else if (away) {
    words = t(awayLong ? 'banner.reconnectingLong' : 'banner.reconnecting');
    if (awayLong) button = { label: t('banner.retry'), run: () => session.networkReturned() };
  } else if (link === 'joining' && problem?.code.startsWith('lesson.')) {
    // No fault of the line: the lesson waits for its consents, and the words say for whom.
    words = [problem.problem.title, problem.problem.detail].filter(Boolean).join('. ');
    button = { label: t('banner.retry'), run: () => session.networkReturned() };
  } else if (link === 'joining') {
    words = t(attempts > 1 ? 'banner.joiningLong' : 'banner.joining');
    if (attempts > 1) button = { label: t('banner.retry'), run: () => session.networkReturned() };
  } else if (soundBlocked) {
    words = t('banner.sound.text');
    button = { label: t('banner.sound.button'), run: () => void session.startSound() };
  } else if (lesson !== null && lesson.missing > 0) {
    words =
      lesson.withdrawn === null
        ? t('banner.consents.missing', { count: lesson.missing })
        : t('banner.consents.withdrawn', { number: lesson.withdrawn });
  } else if (feedLost) words = t('banner.feedLost');
  else if (speakingMuted) {
    words = t('banner.speakingMuted');
    calm = true;
    button = { label: t('controls.microphoneOn'), run: () => void session.setSwitch('microphone', true) };
  }

  return (
    <div role="status" className={classes.bannerPlace} data-testid="banner">
      {words && (
        <div className={classes.banner} data-calm={calm || undefined}>
          <span>{words}</span>
          {problem && attempts > 1 && <small>{t('banner.code', { code: problem.code })}</small>}
          {button && (
            <button type="button" onClick={button.run}>
              {button.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    window.addEventListener('online', follow);
    window.addEventListener('offline', follow);
    return () => {
      window.removeEventListener('online', follow);
      window.removeEventListener('offline', follow);
    };
  }, []);
  return online;
}

/** True once the condition has held for so long: a blink of the line is nobody's business. */
function useLasting(condition: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) return undefined;
    const timer = setTimeout(() => setLasting(true), ms);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [condition, ms]);
  return condition && lasting;
}
