import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Meeting } from '../harness/api';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { received } from '../media/stats';
import { Call, seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { atMost, median, noted, report, type Figure } from './figures';

/** Enough for a median that one slow garbage collection does not move. */
const TRIES = 7;
const MEASURED_MS = 10_000;

/**
 * Milliseconds from the press on «join» to the first remote frame that the browser has painted. The clock is the
 * page's own, so the test's round trips do not count.
 */
async function clickToFirstFrame(page: Page, meeting: Meeting, host: string): Promise<number> {
  const door = await PreJoin.open(page, meeting);
  await expectMovingPicture(door.selfView);
  await page.evaluate(
    ([name]) => {
      const button = document.querySelector<HTMLElement>('[data-testid="join"]');
      if (!button) throw new Error('there is no button to join by');
      const measured = new Promise<number>((resolve) => {
        let pressed = 0;
        button.addEventListener('click', () => (pressed = performance.now()), { capture: true, once: true });
        const watched = new WeakSet<HTMLVideoElement>();
        const look = () => {
          const tiles = document.querySelectorAll<HTMLElement>('article[aria-label]');
          for (const tile of tiles) {
            const video = tile.querySelector('video');
            if (!video || watched.has(video) || !tile.getAttribute('aria-label')?.startsWith(`${name},`)) continue;
            watched.add(video);
            video.requestVideoFrameCallback((now) => {
              observer.disconnect();
              resolve(now - pressed);
            });
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
      });
      Object.defineProperty(window, 'firstFrame', { value: measured, configurable: true });
    },
    [host],
  );
  await door.button.click();
  return page.evaluate(() => (window as unknown as { firstFrame: Promise<number> }).firstFrame);
}

test('from the click to the first remote frame, and what a participant costs', async ({ open }) => {
  test.setTimeout(240_000);
  const figures: Figure[] = [];
  const server = await Kafedra.start({ name: 'bench' });
  try {
    const origin = server.url;
    const host = await open('methodist', { origin });
    const started = await host.request.post('/api/events/now', { data: { title: 'Замер' }, headers: { origin } });
    expect(started.ok(), await started.text()).toBe(true);
    const meeting = (await started.json()) as Meeting;
    await joinCall(host, meeting);
    const opened = await host.request.patch(`/api/rooms/${meeting.room.id}`, { data: { lobby: 'off' }, headers: { origin } });
    expect(opened.ok(), await opened.text()).toBe(true);
    const hostName = (await seatOf(host, meeting)).name;

    const tries: number[] = [];
    for (let turn = 0; turn < TRIES; turn++) {
      const teacher = await open('teacher', { origin });
      tries.push(await clickToFirstFrame(teacher, meeting, hostName));
      await new Call(teacher).leave();
      await teacher.context().close();
    }
    figures.push(atMost(`click to first remote frame, median of ${TRIES}`, median(tries), 'ms', 1500));
    figures.push(noted('click to first remote frame, slowest', Math.max(...tries), 'ms'));

    // Before that, the start of the demo city is still giving its memory back.
    const alone = server.memoryBytes();
    // Four people, each sends 320 × 180 at ten frames a second and sound, and receives the three others.
    const people: Page[] = [host];
    for (const name of ['Первый', 'Вторая', 'Третий']) {
      const page = await open('anonymous', { origin });
      await joinAsGuest(page, meeting, name);
      people.push(page);
    }
    for (const page of people) {
      await expect.poll(async () => (await received(page, 'video')).framesDecoded, { timeout: 30_000 }).toBeGreaterThan(30);
    }
    const before = { cpu: server.cpuSeconds(), packets: await packetsOf(people), at: performance.now() };
    // The length of the measurement itself, not a wait for something to happen.
    await pause(MEASURED_MS);
    const seconds = (performance.now() - before.at) / 1000;
    const cpu = server.cpuSeconds() - before.cpu;
    const packets = (await packetsOf(people)) - before.packets;
    figures.push(noted('people in the measured call', people.length, 'people'));
    figures.push(noted('server CPU per participant', (100 * cpu) / seconds / people.length, '% of a core'));
    figures.push(noted('server memory per participant', (server.memoryBytes() - alone) / (people.length - 1) / 1024, 'KiB'));
    figures.push(noted('server memory with one person in the call', alone / 1024 / 1024, 'MiB'));
    figures.push(noted('packets to the browsers', packets / seconds, 'packets/s'));
    // Pages that outlive their server complain about it.
    for (const page of people) await page.context().close();
  } finally {
    await server.dispose();
  }
  report('call', figures);
  expect(figures.filter((figure) => Number.isNaN(figure.value))).toEqual([]);
});

async function packetsOf(pages: readonly Page[]): Promise<number> {
  let packets = 0;
  for (const page of pages) {
    packets += (await received(page, 'video')).packets + (await received(page, 'audio')).packets;
  }
  return packets;
}
