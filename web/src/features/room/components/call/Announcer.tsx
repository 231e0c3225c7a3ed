import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '@/shared/ui';
import { type Heard, sayings } from '../../call/announce';
import { useCall } from '../../hooks/useCall';

/** Changes are gathered for so long before they are said, so that a class coming in is one sentence. */
const GATHER_MS = 1500;

/** Tells a screen reader of comings, hands and messages; nothing of it is seen. */
export function Announcer() {
  const { t } = useTranslation('room');
  const { session, view } = useCall();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const listen = (): Heard => ({ people: session.media.get().people, live: session.live.get() });
    let before = listen();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      timer = undefined;
      const after = listen();
      const me = after.live.me?.id ?? '';
      const quiet = { chat: view.state.get().panel === 'chat' };
      const words = sayings(before, after, me, quiet).map((saying) => {
        switch (saying.what) {
          case 'manyJoined':
          case 'manyLeft':
            return t(`live.${saying.what}`, { count: saying.count });
          case 'message':
            return t('live.message', { name: saying.name, text: saying.text });
          default:
            return t(`live.${saying.what}`, { name: saying.name });
        }
      });
      before = after;
      if (words.length > 0) setSaid(words.join('. '));
    };
    const later = () => {
      timer ??= setTimeout(speak, GATHER_MS);
    };
    const stops = [session.media.subscribe(later), session.live.subscribe(later)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, view, t]);
  return (
    <VisuallyHidden role="log" aria-live="polite" data-testid="announcer">
      {said}
    </VisuallyHidden>
  );
}
