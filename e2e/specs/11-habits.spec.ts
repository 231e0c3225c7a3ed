import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { cameraSent } from '../media/stats';
import { Call, seatOf } from '../pages/call';
import { joinCall, PreJoin } from '../pages/pre-join';
import { words } from '../pages/words';

const { chat, controls, notice, people, rules } = words.room;

test('the space bar talks while it is held, and presses the button that has the focus', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Нажми и говори');
  const page = await open('methodist');
  const call = await joinCall(page, meeting);
  await call.microphone('on').click();
  await expect(call.microphone('off')).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.down('Space');
  await expect(call.microphone('on')).toBeVisible();
  await page.keyboard.up('Space');
  await expect(call.microphone('off')).toBeVisible();
  await call.hand('down').focus();
  await page.keyboard.press('Space');
  await expect(call.hand('up')).toBeVisible();
  await expect(call.microphone('off')).toBeVisible();
});

test('what the rules forbid goes off for participants, is told to them, and comes back with the rule', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Правила');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const call = await joinCall(teacher, meeting);
  await call.openChat();
  await hostCall.more(controls.rules);
  const dialog = host.getByRole('dialog', { name: rules.title });
  for (const rule of [rules.unmute, rules.share, rules.chat]) await dialog.getByRole('switch', { name: rule }).click({ force: true });
  await expect(call.control(controls.forbidden.unmute)).toBeVisible();
  await expect(call.control(controls.forbidden.share)).toBeVisible();
  await expect(teacher.getByText(chat.forbidden, { exact: true })).toBeVisible();
  await expect(hostCall.microphone('on'), 'hosts are not touched').toHaveCount(1);
  await call.control(controls.forbidden.unmute).click();
  await expect(teacher.getByTestId('notices')).toContainText(notice.forbidden.unmute);

  for (const rule of [rules.unmute, rules.share, rules.chat]) await dialog.getByRole('switch', { name: rule }).click({ force: true });
  await call.microphone('off').click();
  await expect(call.microphone('on')).toBeVisible();
  await expect(teacher.getByRole('textbox', { name: chat.placeholder })).toBeVisible();
});

test('a co-host is made and unmade, and the tools come and go with it', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Помощник');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const call = await joinCall(teacher, meeting);
  const { name } = await seatOf(teacher, meeting);
  const offered = async () => {
    await call.control(controls.more).click();
    await expect(teacher.getByRole('menuitem', { name: controls.settings })).toBeVisible();
    const count = await teacher.getByRole('menuitem', { name: controls.muteAll }).count();
    await teacher.keyboard.press('Escape');
    return count;
  };
  expect(await offered()).toBe(0);
  await hostCall.act(name, people.makeCohost);
  await expect(teacher.getByTestId('notices')).toContainText(notice.role.cohost);
  expect(await offered()).toBe(1);
  await hostCall.act(name, people.takeCohost);
  await expect(teacher.getByTestId('notices')).toContainText(notice.role.participant);
  expect(await offered()).toBe(0);
});

test('the whole screen is taken and given back, and a phone turns its camera without losing the picture', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Экран и камера');
  const host = await open('methodist');
  const call = await joinCall(host, meeting);
  await host.keyboard.press('KeyF');
  await expect.poll(() => host.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await host.keyboard.press('KeyF');
  await expect.poll(() => host.evaluate(() => document.fullscreenElement)).toBeNull();
  await call.leave();

  const mobile = await open('teacher', { context: phone });
  const mobileCall = await joinCall(mobile, meeting);
  await mobileCall.more(controls.flip);
  await expect.poll(() => cameraSent(mobile)).not.toBeNull();
  await expect(new Call(mobile).camera('on')).toBeVisible();
  await expect(mobile.getByTestId('notices')).toBeEmpty();
});

test('a small window above the others holds the speaker and goes away again', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Поверх окон');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const call = await joinCall(host, meeting);
  await joinCall(teacher, meeting);
  const made = host.context().waitForEvent('page');
  await call.more(controls.picture);
  const window = await made;
  await expectMovingPicture(window.locator('video').first());
  await expect(window.getByRole('button', { name: controls.microphoneOff })).toBeVisible();
  await call.more(controls.pictureOff);
  await expect.poll(() => window.isClosed()).toBe(true);
});

test('the screen of a phone stays on during the call, and no longer', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Экран не гаснет');
  const page = await open('teacher', { context: phone });
  await page.addInitScript(() => {
    const held = { count: 0 };
    Object.defineProperty(window, 'wakeLocks', { value: held });
    navigator.wakeLock.request = () => {
      held.count += 1;
      return Promise.resolve({ release: () => Promise.resolve(void (held.count -= 1)) } as WakeLockSentinel);
    };
  });
  const held = () => page.evaluate(() => (window as unknown as { wakeLocks: { count: number } }).wakeLocks.count);
  const door = await PreJoin.open(page, meeting);
  expect(await held()).toBe(0);
  const call = await door.enter();
  await expect.poll(held).toBe(1);
  await call.leave();
  await expect.poll(held).toBe(0);
});
