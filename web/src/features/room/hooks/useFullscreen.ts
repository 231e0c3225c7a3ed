import { useCallback, useEffect, useState } from 'react';

/** The whole page rather than the call's element: dialogs and menus live at the end of the body and must be seen. */
export function useFullscreen(): { supported: boolean; on: boolean; toggle: () => void } {
  const [on, setOn] = useState(() => Boolean(document.fullscreenElement));
  useEffect(() => {
    const follow = () => setOn(Boolean(document.fullscreenElement));
    document.addEventListener('fullscreenchange', follow);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);
  const toggle = useCallback(() => {
    const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    // Refused without a touch, and on iPhones altogether: then nothing happens, and nothing need be said.
    change.catch(() => undefined);
  }, []);
  return { supported: document.fullscreenEnabled === true, on, toggle };
}
