import { useEffect, useRef, useState } from 'react';
import type { PdfDocument } from './open';
import { PdfPage } from './PdfPage';

interface Props {
  document: PdfDocument;
  page: number;
  width: number;
  height: number;
}

/** A small picture of a page, drawn once it comes into sight: nobody waits for 500 of them. */
export function PdfThumb({ document: pdf, page, width, height }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || seen) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <span ref={place} style={{ display: 'block', width, height }} aria-hidden>
      {seen && <PdfPage document={pdf} page={page} width={width} height={height} label="" plain />}
    </span>
  );
}
