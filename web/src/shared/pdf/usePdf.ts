import { useEffect, useState } from 'react';
import { closePdf, openPdf, type PdfDocument } from './open';

interface Pdf {
  readonly document: PdfDocument | null;
  readonly failed: boolean;
  readonly again: () => void;
}

/** The document at an address, for as long as the component that asks is there. */
export function usePdf(url: string): Pdf {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ url: string; document: PdfDocument | null; failed: boolean }>({
    url,
    document: null,
    failed: false,
  });
  useEffect(() => {
    let gone = false;
    openPdf(url).then(
      (document) => !gone && setState({ url, document, failed: false }),
      () => !gone && setState({ url, document: null, failed: true }),
    );
    return () => {
      gone = true;
      closePdf(url);
    };
  }, [url, attempt]);
  const current = state.url === url;
  return {
    document: current ? state.document : null,
    failed: current && state.failed,
    again: () => {
      setState({ url, document: null, failed: false });
      setAttempt((before) => before + 1);
    },
  };
}
