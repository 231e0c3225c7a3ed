import { expect, type Locator, type Page } from '@playwright/test';
import type { Colour } from '../media/pdf';
import type { Call } from './call';
import { filled, words } from './words';

const { slides } = words.room;

/** The slides of a call as one person sees them. */
export class Slides {
  constructor(private readonly call: Call) {}

  get page(): Page {
    return this.call.page;
  }

  get tile(): Locator {
    return this.call.stage.getByRole('article', { name: slides.title, exact: true });
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: slides.title, exact: true });
  }

  button(name: string): Locator {
    return this.tile.getByRole('button', { name, exact: true });
  }

  async openPanel(): Promise<void> {
    if (!(await this.panel.isVisible())) await this.call.more(slides.title);
    await expect(this.panel).toBeVisible();
  }

  async upload(name: string, buffer: Buffer): Promise<void> {
    await this.openPanel();
    const chooser = this.page.waitForEvent('filechooser');
    await this.panel.getByRole('button', { name: slides.upload }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  }

  async show(name: string): Promise<void> {
    await this.openPanel();
    await this.panel.getByRole('button', { name: filled(slides.showNamed, { name }), exact: true }).click();
  }

  /** The page that is drawn has this number and this colour, read from its pixels. */
  async expectPage(page: number, colour: Colour): Promise<void> {
    const canvas = this.tile.locator(`canvas[data-page="${page}"]`);
    await expect(canvas).toBeVisible();
    const seen = await canvas.evaluate((element: HTMLCanvasElement) => {
      const pixel = element.getContext('2d')?.getImageData(element.width / 2, element.height / 4, 1, 1).data;
      return pixel ? [pixel[0], pixel[1], pixel[2]] : [];
    });
    expect(seen).toEqual(colour.map((part) => Math.round(part * 255)));
  }
}
