import type { Page } from '@playwright/test';
import type { Meeting } from '../harness/api';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { AWAY } from '../harness/watch';
import { Call } from '../pages/call';
import { confirmHere, inviteKit, pairKit } from '../pages/kit';
import { joinCall } from '../pages/pre-join';
import { words } from '../pages/words';

const { presence } = words;
const phone = { viewport: { width: 390, height: 780 } };

interface Report {
  readonly total: number;
  readonly items: readonly {
    readonly name: string;
    readonly mode: 'own' | 'kit' | 'list';
    readonly minutes: number;
    readonly intervals: readonly { readonly from: string; readonly to: string }[];
  }[];
}

/** Whoever was there when the server died loses at most this much, and gains nothing while it was down. */
const LOST_MS = 5_000;
/** The server's own clock, a webhook's whole seconds. */
const ROUNDED_MS = 1_000;

test('a kit, two phones and a laptop are each counted once, and a killed server costs seconds', async ({ open, watch }) => {
  test.setTimeout(240_000);
  watch.allow(AWAY);
  const server = await Kafedra.start({ name: 'presence' });
  try {
    const origin = server.url;
    const host = await open('methodist', { origin });
    const meeting = await startMeeting(host, origin);

    const screen = await open('anonymous', { origin });
    await pairKit(await open('coordinator', { origin }), screen);
    await inviteKit(host, meeting);
    // One touch on the screen of the room, and the kit is in.
    await screen.getByTestId('kit-join').click();
    const kitCall = new Call(screen);
    await kitCall.expectConnected();

    for (const login of ['teacher2', 'director'] as const) {
      const person = await open(login, { origin, context: phone });
      await confirmHere(person, screen);
      await person.close();
    }

    const laptop = await open('teacher', { origin });
    const call = await joinCall(laptop, meeting);
    await call.leave();
    await joinCall(laptop, meeting);
    // Long enough for a sign of life after the return.
    await laptop.waitForTimeout(6_000);

    const killed = Date.now();
    await server.stop('SIGKILL');
    await laptop.waitForTimeout(8_000);
    const restarted = Date.now();
    await server.startAgain();
    await expect(laptop.getByText(words.room.banner.reconnecting)).toHaveCount(0, { timeout: 40_000 });
    await call.expectConnected();
    await kitCall.expectConnected(40_000);
    await laptop.waitForTimeout(6_000);

    const report = await reportOf(host, meeting);
    expect(report.items.map(({ mode }) => mode).sort()).toEqual(['kit', 'kit', 'own']);
    expect(new Set(report.items.map(({ name }) => name)).size).toBe(3);
    for (const { name, intervals } of report.items) {
      const spans = intervals.map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const);
      for (const [from, to] of spans) {
        const before = to <= killed + ROUNDED_MS;
        const after = from >= restarted - ROUNDED_MS;
        expect(before || after, `${name}: counted while the server was down`).toBe(true);
      }
      const last = Math.max(...spans.map(([, to]) => to).filter((to) => to <= killed + ROUNDED_MS));
      expect(killed - last, `${name}: lost before the kill`).toBeLessThanOrEqual(LOST_MS);
      expect(spans.some(([from]) => from >= restarted - ROUNDED_MS), `${name}: is back`).toBe(true);
    }

    await host.goto(`/meetings/${meeting.id}/presence`);
    for (const { name } of report.items) await expect(host.getByRole('cell', { name, exact: true })).toBeVisible();
    await expect(host.getByRole('cell', { name: presence.modes.kit })).toHaveCount(2);
  } finally {
    await server.dispose();
  }
});

async function startMeeting(host: Page, origin: string): Promise<Meeting> {
  const started = await host.request.post('/api/events/now', { data: { title: 'Заседание ГМО' }, headers: { origin } });
  return (await started.json()) as Meeting;
}

async function reportOf(host: Page, meeting: Meeting): Promise<Report> {
  const answer = await host.request.get(`/api/events/${meeting.id}/presence`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Report;
}
