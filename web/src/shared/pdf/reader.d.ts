/** Folder of the reader's fonts and of what unpacks rare pictures; `vite.config.ts` lays it out. */
declare const READER_FILES: string;

declare module 'pdfjs-dist/legacy/build/pdf.mjs' {
  export * from 'pdfjs-dist';
}

declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker' {
  const PdfWorker: new () => Worker;
  export default PdfWorker;
}
