/**
 * The nonce that the server put into the page: its content policy lets a `<style>` element pass only with it.
 * Empty under the development server, which has no policy.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

// Modals keep the page behind them from scrolling by a style of their own, and look for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
