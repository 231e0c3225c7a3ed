import type { BrowserContextOptions, LaunchOptions } from '@playwright/test';
import { tonePath } from './tone';

/** Debian's own Chromium: nothing is downloaded. */
export const launchOptions: LaunchOptions = {
  executablePath: process.env['KAFEDRA_E2E_CHROMIUM'] ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--disable-component-update',
    '--disable-sync',
    '--allow-loopback-in-peer-connection',
    '--use-fake-ui-for-media-stream',
    // The second camera of Chromium's is grey and the third stands still: the first and the fourth are like real ones.
    '--use-fake-device-for-media-stream=device-count=4,fps=10',
    `--use-file-for-fake-audio-capture=${tonePath}`,
    // Two pages of one process must both run at speed, though only one can be in front.
    '--disable-renderer-backgrounding',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
  ],
};

export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** The narrowest screen WCAG asks for. */
export const narrow: BrowserContextOptions = { ...phone, viewport: { width: 320, height: 568 } };

export const landscape: BrowserContextOptions = { ...phone, viewport: { width: 844, height: 390 } };
