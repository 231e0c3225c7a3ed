import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { installProbe, smallCamera, type ProbeOptions } from '../media/probe';
import { Api } from './api';
import { desktop, launchOptions } from './browser';
import type { Ports } from './relay';
import { storedSession, type Role } from './sessions';
import { Watch } from './watch';

export type Who = Role | 'anonymous';

export interface OpenOptions {
  /** Where the browser finds the server; the shared one where it is not given. */
  readonly origin?: string;
  readonly context?: BrowserContextOptions;
  readonly probe?: Partial<ProbeOptions>;
  readonly language?: 'ru' | 'en';
  readonly theme?: 'light' | 'dark';
  /**
   * A browser process of one's own, as on a computer of one's own. Pages of one process share its fake camera, and when
   * two of them take it anew in the same instant, as after a restart of the server, it may show nothing to either.
   */
  readonly ownBrowser?: boolean;
}

interface Fixtures {
  readonly watch: Watch;
  /** A browser of somebody's own: a fresh context, signed in as `who`, with one empty page. */
  readonly open: (who: Who, options?: OpenOptions) => Promise<Page>;
  /** The server's API as `who` sees it, without a browser. */
  readonly api: (who: Who) => Promise<Api>;
}

interface Shared {
  readonly origin: string;
  /** The shared server's own ports, for a relay in front of it. */
  readonly ports: Ports;
}

export const test = base.extend<Fixtures, Shared>({
  origin: [
    async ({}, use) => {
      const origin = process.env['KAFEDRA_E2E_URL'];
      if (!origin) throw new Error('the global setup has not started a server');
      await use(origin);
    },
    { scope: 'worker' },
  ],

  ports: [
    async ({ origin }, use) => {
      await use({ httpPort: Number(new URL(origin).port), udpPort: Number(process.env['KAFEDRA_E2E_UDP']) });
    },
    { scope: 'worker' },
  ],

  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.faults(), 'what no page may do').toEqual([]);
  },

  open: async ({ browser, playwright, origin: shared, watch }, use) => {
    const contexts: BrowserContext[] = [];
    const browsers: Browser[] = [];
    await use(async (who, options = {}) => {
      const origin = options.origin ?? shared;
      const own = options.ownBrowser ? await playwright.chromium.launch(launchOptions) : null;
      if (own) browsers.push(own);
      const context = await (own ?? browser).newContext({
        ...desktop,
        baseURL: origin,
        locale: 'ru-RU',
        timezoneId: 'Europe/Moscow',
        colorScheme: options.theme ?? 'light',
        ...(who === 'anonymous' ? {} : { storageState: await storedSession(browser, origin, who) }),
        ...options.context,
      });
      contexts.push(context);
      if (who !== 'anonymous') await speak(context, options.language ?? 'ru');
      watch.follow(context, origin);
      await installProbe(context, { camera: smallCamera, ...options.probe });
      if (options.language) {
        await context.addInitScript((language) => {
          // The script runs in the empty first page too, which has no storage.
          if (location.protocol.startsWith('http')) localStorage.setItem('kafedra.language', language);
        }, options.language);
      }
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    for (const own of browsers) await own.close();
  },

  api: async ({ browser, playwright, origin }, use) => {
    const opened: Api[] = [];
    await use(async (who) => {
      const request = await playwright.request.newContext({
        baseURL: origin,
        extraHTTPHeaders: { origin, 'accept-language': 'ru' },
        ...(who === 'anonymous' ? {} : { storageState: await storedSession(browser, origin, who) }),
      });
      const api = new Api(request);
      opened.push(api);
      return api;
    });
    for (const api of opened) await api.dispose();
  },
});

/** An account carries its language to every browser that signs in; so each one opened says which it wants. */
async function speak(context: BrowserContext, locale: 'ru' | 'en'): Promise<void> {
  const answer = await context.request.patch('/api/me', { data: { locale }, headers: { 'sec-fetch-site': 'same-origin' } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

export { expect };
