import type * as Reader from 'pdfjs-dist';

/**
 * Documents of PDF, opened once for all who look at them. The reader is large and comes only with the first one. It
 * asks for the parts of a file that a page needs, runs nothing that a file holds, and makes no code of its own.
 */
export type PdfDocument = Reader.PDFDocumentProxy;

interface Open {
  users: number;
  task: Promise<Reader.PDFDocumentLoadingTask>;
}

const PART_BYTES = 256 * 1024;
/** Pictures beyond this would fill a phone's memory. */
const MOST_PIXELS = 64 * 1024 * 1024;

const opened = new Map<string, Open>();
let reader: Promise<{ library: typeof Reader; worker: Reader.PDFWorker }> | null = null;

async function load() {
  const [library, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs?worker'),
  ]);
  // A worker of our own outlives each document; one that a document brings along dies with it, and for a moment
  // no other can be opened.
  return { library, worker: library.PDFWorker.create({ port: new worker.default() }) };
}

function loaded() {
  reader ??= load().catch((error: unknown) => {
    // A chunk that did not come is asked for again next time.
    reader = null;
    throw error;
  });
  return reader;
}

/** Opens a document, or joins those who have it open. Call `close` as often as this. */
export async function openPdf(url: string): Promise<PdfDocument> {
  let open = opened.get(url);
  if (!open) {
    const task = loaded().then(({ library, worker }) =>
      library.getDocument({
        url,
        worker,
        rangeChunkSize: PART_BYTES,
        disableAutoFetch: true,
        disableStream: true,
        isEvalSupported: false,
        enableXfa: false,
        // The policy of our pages lets nobody compile anything: pictures of rare kinds are unpacked by a script.
        useWasm: false,
        wasmUrl: `${READER_FILES}wasm/`,
        standardFontDataUrl: `${READER_FILES}standard_fonts/`,
        maxImageSize: MOST_PIXELS,
      }),
    );
    open = { users: 0, task };
    opened.set(url, open);
  }
  open.users += 1;
  return (await open.task).promise;
}

export function closePdf(url: string): void {
  const open = opened.get(url);
  if (!open) return;
  open.users -= 1;
  if (open.users > 0) return;
  opened.delete(url);
  void open.task.then((task) => task.destroy()).catch(() => undefined);
}
