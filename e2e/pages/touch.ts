import type { Locator } from '@playwright/test';

/** One finger across the middle of the element; the page must believe it, so the events are the browser's own. */
export async function swipe(element: Locator, direction: 'left' | 'right'): Promise<void> {
  const box = await element.boundingBox();
  if (!box) throw new Error('cannot swipe over what is not drawn');
  const y = box.y + box.height / 2;
  const [from, to] = [box.x + box.width * 0.8, box.x + box.width * 0.2];
  const [start, finish] = direction === 'left' ? [from, to] : [to, from];
  const page = element.page();
  const session = await page.context().newCDPSession(page);
  const steps = 8;
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: start, y }] });
  for (let step = 1; step <= steps; step++) {
    const x = start + ((finish - start) * step) / steps;
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}
