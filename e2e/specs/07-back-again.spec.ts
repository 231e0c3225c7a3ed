import { Kafedra } from '../harness/kafedra';
import { Relay } from '../harness/relay';
import { AWAY } from '../harness/watch';
import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { expectSound } from '../media/stats';
import { seatOf } from '../pages/call';
import { joinCall } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { banner, tile } = words.room;
/** What a person is promised after a reload or once the network is there again. */
const BACK_MS = 5_000;

test('a reload in the middle of a call is back within five seconds, with seat, hand, pin and rights', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Перезагрузка');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const call = await joinCall(teacher, meeting);
  const hostName = (await seatOf(host, meeting)).name;
  const before = await seatOf(teacher, meeting);
  await hostCall.act(before.name, words.room.people.makeCohost);
  await call.hand('down').click();
  await call.pin(hostName);
  await call.camera('on').click();
  await expect(call.hand('up')).toBeVisible();

  const began = Date.now();
  await teacher.reload();
  await expectMovingPicture(call.tile(hostName).locator('video'));
  const took = Date.now() - began;
  expect(took, 'milliseconds from the reload to a moving picture').toBeLessThan(BACK_MS);
  test.info().annotations.push({ type: 'measured', description: `back after a reload: ${took} ms` });

  const after = await seatOf(teacher, meeting);
  expect(after.id).toBe(before.id);
  expect(after.role).toBe('cohost');
  await expect(call.hand('up')).toBeVisible();
  await expect(hostCall.tile(before.name)).toHaveAccessibleName(new RegExp(filled(tile.hand, { number: 1 })));
  await expect(call.camera('off'), 'the camera stays off').toBeVisible();
  await expect(call.microphone('on'), 'the microphone stays on').toBeVisible();
  await call.tileMenu(hostName);
  await expect(teacher.getByRole('menuitem', { name: tile.unpin })).toBeVisible();
  await teacher.keyboard.press('Escape');
  await test.step('one tile for one person: no ghost of the old page stays', async () => {
    await expect(hostCall.tile(before.name)).toHaveCount(1);
  });
});

test('a network that was away for three seconds brings one back to the same seat', async ({ open, api, ports, watch }) => {
  // The browser reports each request that the cut network fails.
  watch.allow(AWAY);
  const relay = await Relay.start(ports);
  try {
    const meeting = await (await api('methodist')).startMeeting('Обрыв');
    const host = await open('methodist');
    const teacher = await open('teacher', {
      origin: relay.url,
      probe: { redirectUdp: { from: ports.udpPort, to: relay.udpPort } },
    });
    const hostCall = await joinCall(host, meeting);
    const call = await joinCall(teacher, meeting);
    const hostName = (await seatOf(host, meeting)).name;
    const before = await seatOf(teacher, meeting);
    await call.hand('down').click();
    await expectMovingPicture(call.tile(hostName).locator('video'));

    relay.interrupt();
    await expect(teacher.getByText(banner.reconnecting)).toBeVisible();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    relay.restore();

    const began = Date.now();
    await expectMovingPicture(call.tile(hostName).locator('video'), 15_000);
    const took = Date.now() - began;
    test.info().annotations.push({ type: 'measured', description: `back after the network: ${took} ms` });
    expect(took, 'milliseconds from the network to a moving picture').toBeLessThan(BACK_MS);
    await expect(teacher.getByText(banner.reconnecting)).toHaveCount(0);
    expect((await seatOf(teacher, meeting)).id).toBe(before.id);
    await expect(call.hand('up')).toBeVisible();
    await expect(hostCall.tile(before.name)).toHaveCount(1);
    await expectMovingPicture(hostCall.tile(before.name).locator('video'));
    await test.step('and nothing that was said meanwhile is lost', async () => {
      await hostCall.say('Пока вас не было');
      await expect(await call.openChat()).toContainText('Пока вас не было');
    });
  } finally {
    await relay.dispose();
  }
});

test('a restart of the server brings everyone back to the same meeting', async ({ open, watch }) => {
  test.setTimeout(120_000);
  watch.allow(AWAY);
  const server = await Kafedra.start({ name: 'restarted' });
  try {
    const origin = server.url;
    const [host, teacher] = [await open('methodist', { origin }), await open('teacher', { origin, ownBrowser: true })];
    const started = await host.request.post('/api/events/now', { data: { title: 'Перезапуск' }, headers: { origin } });
    expect(started.ok(), await started.text()).toBe(true);
    const meeting = (await started.json()) as { id: string; title: string; room: { id: string; code: string; url: string } };
    const hostCall = await joinCall(host, meeting);
    const call = await joinCall(teacher, meeting);
    const hostName = (await seatOf(host, meeting)).name;
    const before = await seatOf(teacher, meeting);
    await hostCall.say('До перезапуска');
    await call.hand('down').click();
    await expect(call.hand('up')).toBeVisible();

    await server.stop();
    await expect(teacher.getByText(banner.restarting).or(teacher.getByText(banner.reconnecting)).first()).toBeVisible();
    await server.startAgain();
    const began = Date.now();
    await expectMovingPicture(call.tile(hostName).locator('video'), 30_000);
    test.info().annotations.push({ type: 'measured', description: `back after a restart: ${Date.now() - began} ms` });
    await expectSound(teacher);
    expect((await seatOf(teacher, meeting)).id).toBe(before.id);
    await expect(call.hand('up')).toBeVisible();
    await expect(await call.openChat()).toContainText('До перезапуска');
  } finally {
    await server.dispose();
  }
});
