import { expect, type Locator } from '@playwright/test';

interface Sample {
  readonly width: number;
  readonly height: number;
  /** Lightness of a small copy of the picture, row by row, 0 to 255. */
  readonly pixels: readonly number[];
}

/** Draws what the video element shows now on a canvas of 32 × 18 and reads it. */
async function sample(video: Locator): Promise<Sample | null> {
  return video.evaluate((element) => {
    if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0 || element.readyState < 2) return null;
    const canvas = document.createElement('canvas');
    canvas.width = 32;
    canvas.height = 18;
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    if (!drawing) return null;
    drawing.drawImage(element, 0, 0, canvas.width, canvas.height);
    const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    const pixels: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      pixels.push(Math.round(((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3));
    }
    return { width: element.videoWidth, height: element.videoHeight, pixels };
  });
}

function spread(pixels: readonly number[]): number {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
}

function difference(one: Sample, other: Sample): number {
  return one.pixels.reduce((sum, value, at) => sum + Math.abs(value - (other.pixels[at] ?? 0)), 0) / one.pixels.length;
}

/** The element shows a picture with content (not one even colour), and the picture moves. */
export async function expectMovingPicture(video: Locator, timeout = 20_000): Promise<void> {
  let first: Sample | null = null;
  await expect(async () => {
    const now = await sample(video);
    expect(now, 'the video has no picture yet').not.toBeNull();
    if (!now) return;
    expect(spread(now.pixels), 'the picture is one even colour').toBeGreaterThan(4);
    first ??= now;
    expect(difference(first, now), 'the picture stands still').toBeGreaterThan(0.2);
  }).toPass({ timeout, intervals: [150] });
}

/** Width and height of the picture that arrives, in pixels. */
export async function pictureSize(video: Locator): Promise<{ width: number; height: number }> {
  return video.evaluate((element: HTMLVideoElement) => ({ width: element.videoWidth, height: element.videoHeight }));
}
