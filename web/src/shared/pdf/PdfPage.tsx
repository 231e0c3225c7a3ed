import { useEffect, useRef, useState } from 'react';
import type { PdfDocument } from './open';
import classes from './PdfPage.module.css';

interface Props {
  document: PdfDocument;
  /** From 1. */
  page: number;
  /** The page is drawn as large as fits. */
  width: number;
  height: number;
  /** What the picture is called; its text follows it, for those who hear pages. */
  label: string;
  /** A picture of the page only, without its text, as in a list of pages. */
  plain?: boolean;
  /** The pages before and after are made ready. */
  ahead?: boolean;
}

/** Twice as sharp as a screen needs would only cost memory. */
const SHARPEST = 2;
const MOST_PIXELS = 16_000_000;

/** One page as a picture, with its text for screen readers. The old page stays until the new one is drawn. */
export function PdfPage({ document: pdf, page, width, height, label, plain = false, ahead = false }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let stop = () => undefined as void;
    const draw = async () => {
      const source = await pdf.getPage(page);
      if (gone) return;
      const natural = source.getViewport({ scale: 1 });
      const fit = Math.min(width / natural.width, height / natural.height);
      const sharp = Math.min(
        window.devicePixelRatio || 1,
        SHARPEST,
        Math.sqrt(MOST_PIXELS / (natural.width * natural.height * fit * fit)),
      );
      const viewport = source.getViewport({ scale: fit * sharp });
      const canvas = window.document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      canvas.style.width = `${Math.floor(natural.width * fit)}px`;
      canvas.style.height = `${Math.floor(natural.height * fit)}px`;
      const task = source.render({ canvas, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (gone) return;
      canvas.dataset['page'] = String(page);
      place.current?.replaceChildren(canvas);
      setFailed(false);
      if (plain) return;
      const content = await source.getTextContent();
      if (gone) return;
      setText(content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
      if (ahead) await makeReady(pdf, [page + 1, page - 1], () => gone);
    };
    draw().catch(() => {
      if (!gone) setFailed(true);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [pdf, page, width, height, plain, ahead]);
  return (
    <>
      <div ref={place} className={classes.place} role="img" aria-label={label} data-failed={failed || undefined} />
      {!plain && <div className={classes.text}>{text}</div>}
    </>
  );
}

/** Fetches what the neighbours need, and nothing beyond. */
async function makeReady(pdf: PdfDocument, pages: number[], gone: () => boolean): Promise<void> {
  for (const page of pages) {
    if (gone() || page < 1 || page > pdf.numPages) continue;
    // oxlint-disable-next-line no-await-in-loop -- the next page matters more than the one before
    await (await pdf.getPage(page)).getOperatorList();
  }
}
