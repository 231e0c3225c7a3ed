import { useEffect } from 'react';

/** Keeps a phone's screen on during the call. The browser drops the lock when the page is hidden; it is asked again. */
export function useWakeLock(): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!wakeLock) return undefined;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const ask = async () => {
      if (over || document.visibilityState !== 'visible') return;
      try {
        const got = await wakeLock.request('screen');
        if (over) await got.release();
        else lock = got;
      } catch {
        // A phone that saves its battery says no; the call goes on.
      }
    };
    const onVisible = () => void ask();
    void ask();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
