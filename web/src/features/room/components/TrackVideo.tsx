import { useEffect, useRef } from 'react';

/** Shows a raw camera track. Decorative for a screen reader: the words stand beside it. */
export function TrackVideo({ track, className }: { track: MediaStreamTrack; className?: string | undefined }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    video.srcObject = new MediaStream([track]);
    // Playing may be refused until the page is touched; the first frame shows all the same.
    video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return <video ref={element} className={className} muted playsInline autoPlay aria-hidden tabIndex={-1} />;
}
