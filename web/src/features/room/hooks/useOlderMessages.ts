import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { olderThan, withOlder } from '../call/live';
import { useSelected } from '../call/store';
import { useCall } from './useCall';

const PAGE = 50;
/** A page counts as loading for so long after it is there, so that a screen reader does not read it out as news. */
const QUIET_MS = 300;

export interface OlderMessages {
  /** `none`: everything that was ever written is on the page. */
  readonly state: 'none' | 'more' | 'loading' | 'failed';
  readonly load: () => void;
}

/** The chat's earlier pages, put above what is read without moving it. */
export function useOlderMessages(log: RefObject<HTMLElement | null>): OlderMessages {
  const { session, api } = useCall();
  const before = useSelected(session.live, olderThan);
  const first = useSelected(session.live, (live) => live.chat[0]?.id);
  const [asking, setAsking] = useState<'no' | 'yes' | 'failed'>('no');
  const underWay = useRef(false);
  /** How far the reader's place is from the end of the log, in pixels, while a page is on its way. */
  const fromEnd = useRef<number | null>(null);

  const load = useCallback(() => {
    if (before === null || underWay.current) return;
    underWay.current = true;
    setAsking('yes');
    const settle = (now: 'no' | 'failed') => {
      underWay.current = false;
      setAsking(now);
    };
    api
      .olderChat(before, PAGE)
      .then(
        (page) => {
          const element = log.current;
          if (element) fromEnd.current = element.scrollHeight - element.scrollTop;
          session.live.update((now) => withOlder(now, before, page, PAGE));
          setTimeout(() => settle('no'), QUIET_MS);
        },
        () => settle('failed'),
      );
  }, [api, before, log, session]);

  useLayoutEffect(() => {
    const element = log.current;
    if (element && fromEnd.current !== null) element.scrollTo({ top: element.scrollHeight - fromEnd.current });
    fromEnd.current = null;
  }, [first, log]);

  if (before === null) return { state: 'none', load };
  return { state: asking === 'yes' ? 'loading' : asking === 'failed' ? 'failed' : 'more', load };
}
