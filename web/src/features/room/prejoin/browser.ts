/**
 * Which way a person lifts a refusal depends on the browser's own buttons, so the words do too. Everything else in
 * the client asks what a browser can do, never which it is.
 */
export type BrowserFamily = 'yandex' | 'chromium' | 'firefox' | 'safari' | 'ios' | 'android' | 'other';

export function browserFamily(agent: string, touchPoints = 0): BrowserFamily {
  // iPads call themselves Macs; a Mac has no touch screen.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return 'ios';
  if (/Android/.test(agent)) return 'android';
  if (/YaBrowser\//.test(agent)) return 'yandex';
  if (/Firefox\//.test(agent)) return 'firefox';
  if (/Chrom(?:e|ium)\//.test(agent)) return 'chromium';
  if (/Version\/[\d.]+.*Safari\//.test(agent)) return 'safari';
  return 'other';
}

export function thisBrowser(): BrowserFamily {
  return browserFamily(navigator.userAgent, navigator.maxTouchPoints);
}
