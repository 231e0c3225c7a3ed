import { useEffect, useState } from 'react';
import type { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import { watchLevel } from '../prejoin/level';

const LOUD = 0.55;
/** So long must one speak before it is said, in samples of 50 ms. */
const SAMPLES = 12;
const SHOWN_MS = 5000;

/** True for a while when the person speaks and the microphone is off. */
export function useSpeakingMuted(session: CallSession): boolean {
  const on = useSelected(session.switches.state, (mine) => mine.microphone);
  const link = useSelected(session.state, (state) => state.link);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    if (on || link !== 'connected') return undefined;
    const track = session.microphoneTrack();
    if (!track || track.readyState !== 'live') return undefined;
    let loud = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchLevel(track, (level) => {
      loud = level > LOUD ? loud + 1 : Math.max(0, loud - 1);
      if (loud < SAMPLES) return;
      loud = 0;
      setSpeaking(true);
      clearTimeout(timer);
      timer = setTimeout(() => setSpeaking(false), SHOWN_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      setSpeaking(false);
    };
  }, [session, on, link]);
  return speaking;
}
