import type { Page } from '@playwright/test';
import { expectAccessible } from '../harness/axe';
import type { Meeting } from '../harness/api';
import { phone } from '../harness/browser';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { AWAY } from '../harness/watch';
import { expectMovingPicture } from '../media/picture';
import { Call, seatOf } from '../pages/call';
import { escaped, filled, words } from '../pages/words';

const { controls, join, order, webinar } = words.room;

/** A webinar that begins in ten minutes, with two talks in its programme. */
async function planWebinar(host: Page, origin: string): Promise<Meeting> {
  const headers = { origin };
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const plan = { title: 'Вебинар о чтении', kind: 'webinar', audience: 'city', lobby: 'off', startsAt: at(10), endsAt: at(70) };
  const meeting = (await (await host.request.post('/api/events', { data: plan, headers })).json()) as Meeting;
  const items = [
    { kind: 'talk', title: 'Чтение вслух', startsAt: at(11), minutes: 15 },
    { kind: 'talk', title: 'Школьная библиотека', startsAt: at(26), minutes: 10 },
  ];
  const written = await host.request.put(`/api/events/${meeting.id}/programme`, { data: { items }, headers });
  expect(written.ok(), await written.text()).toBe(true);
  return meeting;
}

test('a webinar: back stage, start, a listener on the stage and off it, the timer, a restart', async ({ open, watch }) => {
  test.setTimeout(240_000);
  watch.allow(AWAY);
  const server = await Kafedra.start({ name: 'webinar' });
  try {
    const origin = server.url;
    const host = await open('methodist', { origin });
    const meeting = await planWebinar(host, origin);
    const hostCall = new Call(host);
    const line = host.getByTestId('course-line');

    await host.goto(`/r/${meeting.room.code}`);
    await host.getByTestId('join').click();
    await hostCall.expectConnected();
    await expect(line).toContainText(webinar.backstage);

    const listener = await open('teacher', { origin, context: phone, ownBrowser: true });
    const call = new Call(listener);
    await test.step('a listener waits without camera and microphone, and reads what is coming', async () => {
      await listener.goto(`/r/${meeting.room.code}`);
      await expect(listener.getByText(webinar.door)).toBeVisible();
      await expectAccessible(listener, 'the door of a webinar');
      await listener.getByTestId('join').click();
      await expect(listener.getByRole('heading', { name: webinar.soon })).toBeVisible();
      await expect(listener.getByText('Школьная библиотека')).toBeVisible();
      await expectAccessible(listener, 'waiting for the start');
      const refused = await listener.request.post(`/api/rooms/${meeting.room.id}/token`, { headers: { origin } });
      expect(((await refused.json()) as { code: string }).code).toBe('room.backstage');
      await expect(line).toContainText('1');
    });
    const { name } = await seatOf(listener, meeting);
    const hostName = (await seatOf(host, meeting)).name;

    await test.step('the start lets the listener in without a reload, to see and not to be seen', async () => {
      await host.getByRole('button', { name: webinar.goLive }).click();
      await expect(line).toContainText(webinar.onAir);
      await call.expectConnected();
      await expectMovingPicture(call.tile(hostName).locator('video'));
      await expect(call.microphone('off')).toHaveCount(0);
      await expect(call.camera('off')).toHaveCount(0);
      await expect(hostCall.tile(name)).toHaveCount(0);
      const list = await hostCall.openPeople();
      await expect(list.getByRole('list', { name: webinar.listeners })).toContainText(name);
      await expectAccessible(listener, 'a listener on a phone');
    });

    await test.step('a raised hand is where the invitation comes from', async () => {
      await call.hand('down').click();
      const list = await hostCall.openPeople();
      await list.getByRole('button', { name: filled(webinar.inviteName, { name }) }).click();
      const invitation = listener.getByRole('dialog', { name: webinar.invitation });
      await expect(invitation).toBeVisible();
      await expectAccessible(listener, 'the invitation on the stage');
      await invitation.getByRole('button', { name: webinar.accept }).click();
      await call.camera('off').click();
      await expectMovingPicture(hostCall.tile(name).locator('video'));
      await expect(list.getByRole('list', { name: webinar.onStage })).toContainText(name);
      await expectAccessible(host, 'people of a webinar');
    });

    await test.step('what is now runs for everybody', async () => {
      await hostCall.control(order.title).click();
      await host.getByRole('button', { name: filled(order.next, { title: 'Чтение вслух' }) }).click();
      await expect(listener.getByTestId('course-line')).toContainText(/14:5\d/);
      await expectAccessible(host, 'the running order');
      await host.getByRole('button', { name: order.pause }).click();
      await expect(host.getByRole('button', { name: order.resume })).toBeVisible();
    });

    await test.step('a restart keeps the stage, the timer and the live part', async () => {
      await server.stop();
      await server.startAgain();
      await hostCall.expectConnected(40_000);
      await call.expectConnected(40_000);
      await expect(line).toContainText(webinar.onAir);
      await expect(listener.getByTestId('course-line')).toContainText(/14:\d\d/);
      await expectMovingPicture(hostCall.tile(name).locator('video'));
    });

    await test.step('taken off the stage, the listener is no longer seen, nor after a reload', async () => {
      await hostCall.act(name, webinar.takeOff);
      await expect(hostCall.tile(name)).toHaveCount(0);
      await expect(call.camera('on')).toHaveCount(0);
      await listener.reload();
      await call.expectConnected();
      await expect(call.camera('off')).toHaveCount(0);
      await expect(call.hand('down')).toBeVisible();
    });
  } finally {
    await server.dispose();
  }
});

test('a guest who speaks is called back stage, and a meeting becomes a webinar', async ({ open, origin, api }) => {
  const host = await open('methodist');
  const meeting = await planWebinar(host, origin);
  await host.goto(`/r/${meeting.room.code}`);
  await host.getByTestId('join').click();
  const hostCall = new Call(host);
  await hostCall.expectConnected();
  const guest = await open('anonymous', { ownBrowser: true });
  await guest.goto(`/r/${meeting.room.code}`);
  await guest.getByLabel(join.name).fill('Гость из музея');
  await guest.getByRole('checkbox', { name: join.consent }).check();
  await guest.getByTestId('join').click();
  await expect(guest.getByRole('heading', { name: webinar.soon })).toBeVisible();
  const list = await hostCall.openPeople();
  await list.getByRole('button', { name: filled(webinar.callName, { name: 'Гость из музея' }) }).click();
  await guest.getByRole('dialog', { name: webinar.invitation }).getByRole('button', { name: webinar.accept }).click();
  const guestCall = new Call(guest);
  await guestCall.expectConnected();
  await guestCall.camera('off').click();
  await expectMovingPicture(hostCall.tile('Гость из музея').locator('video'));

  await test.step('in a running meeting the rules make listeners of those who spoke', async () => {
    const hostApi = await api('director');
    const running = await hostApi.startMeeting('Стало вебинаром');
    const teacher = await open('teacher');
    await teacher.goto(`/r/${running.room.code}`);
    await teacher.getByTestId('join').click();
    const call = new Call(teacher);
    await call.expectConnected();
    await expect(call.microphone('on')).toBeVisible();
    await hostApi.json(hostApi.send('PATCH', `/api/rooms/${running.room.id}`, { mode: 'webinar' }));
    await expect(call.control(new RegExp(`^(${[controls.microphoneOn, controls.microphoneOff].map(escaped).join('|')})$`))).toHaveCount(0);
    await expect(teacher.getByText(words.room.notice.stage.off)).toBeVisible();
    await expect(teacher.getByText(webinar.emptyStage)).toBeVisible();
  });
});
