import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { output } from '../harness/kafedra';

/** `npm run screenshots` renews those of the documentation; any other run only shows that they can be made. */
const folder = process.env['KAFEDRA_E2E_SCREENSHOTS']
  ? fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
  : path.join(output, 'screenshots');

/** A picture of the page as `<name>.png`, with a palette: a third of the size, and no eye sees the difference. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  // Entrances and fades are brought to their end.
  const shot = await page.screenshot({ caret: 'hide', animations: 'disabled' });
  await sharp(shot).png({ palette: true, colours: 200, effort: 10, compressionLevel: 9 }).toFile(path.join(folder, `${name}.png`));
}
