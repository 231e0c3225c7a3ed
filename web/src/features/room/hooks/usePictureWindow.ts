import { useCallback, useEffect, useState } from 'react';

/**
 * A small window above all others. Where the browser can put a document there (Chromium), it holds the speaker and the
 * most needed buttons; elsewhere the video alone goes there.
 */
interface DocumentPictureInPicture {
  requestWindow(options?: { width?: number; height?: number }): Promise<Window>;
}

function documentPictures(): DocumentPictureInPicture | undefined {
  return (window as { documentPictureInPicture?: DocumentPictureInPicture }).documentPictureInPicture;
}

export interface PictureWindow {
  readonly supported: boolean;
  /** Where to draw; null while closed or when the video alone is shown. */
  readonly window: Window | null;
  readonly on: boolean;
  readonly toggle: () => void;
}

export function usePictureWindow(mainVideo: () => HTMLVideoElement | null): PictureWindow {
  const [opened, setOpened] = useState<Window | null>(null);
  const [videoOn, setVideoOn] = useState(false);

  const toggle = useCallback(() => {
    if (opened) return opened.close();
    if (document.pictureInPictureElement) {
      void document.exitPictureInPicture().catch(() => undefined);
      return undefined;
    }
    const pictures = documentPictures();
    if (pictures) {
      pictures
        .requestWindow({ width: 380, height: 280 })
        .then((made) => {
          copyStyles(made.document);
          made.addEventListener('pagehide', () => setOpened(null));
          setOpened(made);
        })
        // Closed before it opened, or refused without a click: nothing to say.
        .catch(() => undefined);
      return undefined;
    }
    const video = mainVideo();
    if (video) {
      video
        .requestPictureInPicture()
        .then(() => {
          setVideoOn(true);
          video.addEventListener('leavepictureinpicture', () => setVideoOn(false), { once: true });
        })
        .catch(() => undefined);
    }
    return undefined;
  }, [opened, mainVideo]);

  useEffect(() => () => opened?.close(), [opened]);

  return {
    supported: Boolean(documentPictures()) || document.pictureInPictureEnabled === true,
    window: opened,
    on: opened !== null || videoOn,
    toggle,
  };
}

function copyStyles(target: Document): void {
  for (const node of document.querySelectorAll('link[rel="stylesheet"], style')) target.head.append(node.cloneNode(true));
  const [from, to] = [document.documentElement, target.documentElement];
  // The content policy refuses styles that are written as an attribute.
  for (const { name, value } of from.attributes) if (name !== 'style') to.setAttribute(name, value);
  to.style.cssText = from.style.cssText;
  target.title = document.title;
}
