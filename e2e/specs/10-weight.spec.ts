import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../harness/test';
import { PreJoin } from '../pages/pre-join';

/** Compressed bytes of everything that loads before the page before the call can be used. */
const LIMIT = 350_000;

/** Counts bytes on the wire, headers included, as the browser's own network panel does. */
async function countTransfer(page: Page): Promise<{ readonly bytes: () => number; readonly list: () => string[] }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  const sorted = () => [...sizes].sort(([, a], [, b]) => b - a);
  return {
    bytes: () => sorted().reduce((sum, [, size]) => sum + size, 0),
    list: () => sorted().map(([id, size]) => `${size} ${new URL(urls.get(id) ?? 'about:unknown').pathname}`),
  };
}

test('a guest needs less than 350 kB until the page before the call can be used', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Лёгкая');
  const page = await open('anonymous');
  const transfer = await countTransfer(page);
  await page.goto(`/r/${meeting.room.code}`);
  await expect(new PreJoin(page).button).toBeEnabled();
  await page.evaluate(() => document.fonts.ready);
  const bytes = transfer.bytes();
  test.info().annotations.push({ type: 'measured', description: `until pre-join is usable: ${bytes} bytes` });
  expect(bytes, transfer.list().join('\n')).toBeLessThanOrEqual(LIMIT);
});

test('a second visit asks again for the page only: what carries a hash is kept', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Второй раз');
  const page = await open('anonymous');
  await page.goto(`/r/${meeting.room.code}`);
  await expect(new PreJoin(page).button).toBeEnabled();
  const transfer = await countTransfer(page);
  await page.reload();
  await expect(new PreJoin(page).button).toBeEnabled();
  expect(transfer.list().filter((line) => line.includes('/assets/') && !line.startsWith('0 '))).toEqual([]);
});

test('the content policy lets in nothing from elsewhere and no inline script', async ({ open, watch }) => {
  watch.allow(/Content Security Policy/);
  const page = await open('anonymous');
  const answer = await page.goto('/sign-in');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src 'self'|default-src 'none'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.body.append(script);
    return 'ranInline' in window;
  });
  expect(ran).toBe(false);
});
