/** What helps to understand a report: the browser, the window, the network. Nothing about the person. */
export function problemContext(): string {
  const { userAgent, onLine, language } = window.navigator;
  return [
    userAgent,
    `${window.innerWidth}×${window.innerHeight} @${window.devicePixelRatio}`,
    `language ${document.documentElement.lang} (browser ${language})`,
    onLine ? 'online' : 'offline',
    new Date().toISOString(),
  ].join('\n');
}
