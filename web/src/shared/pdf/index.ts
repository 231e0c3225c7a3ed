/** The one door to the reader of PDF. Pages that show slides import it lazily. */
export { PdfPage } from './PdfPage';
export { PdfThumb } from './PdfThumb';
export { usePdf } from './usePdf';
export type { PdfDocument } from './open';
