import { desktop, phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { expectMovingPicture, pictureSize } from '../media/picture';
import { cameraSent, expectFramesDecoded, expectSound } from '../media/stats';
import { layeredCamera } from '../media/probe';
import { seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { card, chat, controls, preview, settings, stage, tile, check } = words.room;

test('a meeting is started at home, its link is copied, and a second browser enters by it', async ({ open }) => {
  const host = await open('methodist');
  await host.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await host.goto('/');
  await host.getByRole('button', { name: words.home.start }).click();
  await host.waitForURL(/\/r\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  const before = new PreJoin(host);

  await test.step('the page before the call shows the picture, the level and the connection in words', async () => {
    await expectMovingPicture(before.selfView);
    await expect.poll(async () => Number(await before.level.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await expect(before.connection).toContainText(check.good, { timeout: 20_000 });
  });

  const hostCall = await before.enter();
  await expect(host.getByText(stage.alone)).toBeVisible();
  const bar = await hostCall.toolbar.boundingBox();
  expect((bar?.x ?? 0) + (bar?.width ?? 0), 'the call reaches the right edge of the window').toBe(1280);
  await host.getByRole('button', { name: card.copyLink }).first().click();
  const link = await host.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(host.url());

  const teacher = await open('teacher');
  await teacher.goto(link);
  const teacherCall = await new PreJoin(teacher).enter();
  const meeting = { room: { id: '', code: link.slice(-12), url: link } };
  const [hostName, teacherName] = [(await seatOf(host, meeting)).name, (await seatOf(teacher, meeting)).name];

  await test.step('each sees a moving picture of the other', async () => {
    await expectMovingPicture(teacherCall.tile(hostName).locator('video'));
    await expectMovingPicture(hostCall.tile(teacherName).locator('video'));
    await expectFramesDecoded(teacher);
    await expectFramesDecoded(host);
    expect((await pictureSize(hostCall.tile(teacherName).locator('video'))).width).toBeGreaterThan(0);
  });

  await test.step('and hears the other', async () => {
    await expectSound(teacher);
    await expectSound(host);
  });
});

test('what one turns off the other no longer gets, and gets again', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Микрофон и камера');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const name = (await seatOf(teacher, meeting)).name;
  const seen = hostCall.tile(name);
  await expectMovingPicture(seen.locator('video'));

  await teacherCall.microphone('on').click();
  await expect(seen).toHaveAccessibleName(new RegExp(tile.muted));
  await teacherCall.camera('on').click();
  await expect(seen.locator('video')).toHaveCount(0);

  await teacherCall.microphone('off').click();
  await expect(seen).not.toHaveAccessibleName(new RegExp(tile.muted));
  await expectSound(host);
  await teacherCall.camera('off').click();
  await expectMovingPicture(seen.locator('video'));
});

for (const [where, context] of [
  ['on a desktop', desktop],
  ['on a phone', phone],
] as const) {
  test(`another camera is chosen during the call ${where}, and the others see what it sees`, async ({ open, api }) => {
    const meeting = await (await api('methodist')).startMeeting('Другая камера');
    const [host, teacher] = [await open('methodist', { context }), await open('teacher')];
    const hostCall = await joinCall(host, meeting);
    const { name } = await seatOf(host, meeting);
    const seen = (await joinCall(teacher, meeting)).tile(name).locator('video');
    await expectMovingPicture(seen);
    await expect.poll(() => cameraSent(host)).toBe('fake_device_0');

    await hostCall.more(controls.settings);
    const dialog = host.getByRole('dialog', { name: settings.title });
    const cameras = dialog.getByLabel(preview.camera, { exact: true });
    await expect(cameras).toBeInViewport({ ratio: 1 });
    await expect(cameras.locator('option:checked')).toHaveText('fake_device_0');
    await test.step('by key', async () => {
      await cameras.focus();
      await host.keyboard.press('End');
      await expect.poll(() => cameraSent(host)).toBe('fake_device_3');
      await expectMovingPicture(seen);
    });
    await test.step('by the list', async () => {
      await cameras.selectOption('fake_device_0');
      await expect.poll(() => cameraSent(host)).toBe('fake_device_0');
      await cameras.selectOption('fake_device_3');
      await expect.poll(() => cameraSent(host)).toBe('fake_device_3');
    });
    await host.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expectMovingPicture(seen);
    await expectMovingPicture(hostCall.tile(filled(tile.named, { name })).locator('video'));
    await hostCall.camera('on').click();
    await hostCall.camera('off').click();
    await expect.poll(() => cameraSent(host), 'after off and on it is still the chosen one').toBe('fake_device_3');
    await expectMovingPicture(seen);
  });
}

test('a shared screen takes the stage of the other and leaves it again', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Показ экрана');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const name = (await seatOf(teacher, meeting)).name;

  await teacherCall.screen('off').click();
  await expectMovingPicture(hostCall.screenOf(name).locator('video'));
  const [screen, camera] = [hostCall.screenOf(name), hostCall.tile(name).first()];
  const area = async (place: typeof screen) => {
    const box = await place.boundingBox();
    return box ? box.width * box.height : 0;
  };
  expect(await area(screen)).toBeGreaterThan(2 * (await area(camera)));

  await teacherCall.screen('on').click();
  await expect(hostCall.screenOf(name)).toHaveCount(0);
});

test('chat goes both ways, and who comes late reads what was written before', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Чат');
  const host = await open('methodist');
  const teacher = await open('teacher');
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);

  await hostCall.say('Добрый день');
  await expect(await teacherCall.openChat()).toContainText('Добрый день');
  await teacherCall.say('Здравствуйте, <b>коллеги</b> & друзья');
  await expect(await hostCall.openChat()).toContainText('Здравствуйте, <b>коллеги</b> & друзья');

  const late = await open('anonymous');
  const lateCall = await joinAsGuest(late, meeting, 'Опоздавшая Мария');
  const log = await lateCall.openChat();
  await expect(log).toContainText('Добрый день');
  await expect(log).toContainText('коллеги');
  await lateCall.say('Я только что вошла');
  await expect(await hostCall.openChat()).toContainText('Я только что вошла');
  await expect(late.getByText(chat.empty)).toHaveCount(0);
});

test('who scrolls up in a long chat reads on, and the line they were reading does not move', async ({ open, api }) => {
  const host = await api('methodist');
  const meeting = await host.startMeeting('Длинный чат');
  // More than the live stream brings at first, by several guests: nobody may write as fast as a scenario.
  for (let guest = 0; guest < 13; guest += 1) {
    const someone = await api('anonymous');
    await someone.takeSeat(meeting, `Гость ${guest + 1}`);
    for (let line = 1; line <= 19; line += 1) {
      const body = `строка ${guest * 19 + line}`;
      await someone.json(someone.send('POST', `/api/rooms/${meeting.room.id}/chat`, { body, key: body }));
    }
  }
  const page = await open('teacher');
  const log = await (await joinCall(page, meeting)).openChat();
  await expect(log.getByText('строка 247', { exact: true })).toBeInViewport();
  await expect(log.getByText('строка 47', { exact: true })).toHaveCount(0);

  const oldest = log.getByText('строка 48', { exact: true });
  await oldest.scrollIntoViewIfNeeded();
  await expect(log.getByText('строка 1', { exact: true })).toHaveCount(1);
  await expect(oldest, 'forty-seven lines came above it').toBeInViewport();
  await expect(log.getByRole('button', { name: chat.older })).toHaveCount(0);
});

test('hands stand in the order they were raised, for late comers too', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Руки');
  const [host, teacher, guest] = [await open('methodist'), await open('teacher'), await open('anonymous')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const guestCall = await joinAsGuest(guest, meeting, 'Гостья Анна');
  const teacherName = (await seatOf(teacher, meeting)).name;

  await guestCall.hand('down').click();
  await expect(hostCall.tile('Гостья Анна')).toHaveAccessibleName(new RegExp(filled(tile.hand, { number: 1 })));
  await teacherCall.hand('down').click();
  await expect(hostCall.tile(teacherName)).toHaveAccessibleName(new RegExp(filled(tile.hand, { number: 2 })));

  const late = await open('teacher2');
  const lateCall = await joinCall(late, meeting);
  await expect(lateCall.tile('Гостья Анна')).toHaveAccessibleName(new RegExp(filled(tile.hand, { number: 1 })));

  await guestCall.hand('up').click();
  await expect(hostCall.tile(teacherName)).toHaveAccessibleName(new RegExp(filled(tile.hand, { number: 1 })));
  await hostCall.act(teacherName, words.room.people.lowerHand);
  await expect(teacherCall.hand('down')).toBeVisible();
});

test('a reaction shows to the others and goes by itself', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Реакции');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const name = (await seatOf(teacher, meeting)).name;
  await expect(hostCall.tile(name)).toBeVisible();
  await teacherCall.react('👏');
  await expect(hostCall.reactions).toContainText('👏');
  await expect(hostCall.reactions).toContainText(name);
  await expect(hostCall.reactions).not.toContainText('👏', { timeout: 15_000 });
});

test('the stage shows everyone, the speaker, or whom one pins', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Раскладки');
  const [host, teacher, guest] = [await open('methodist'), await open('teacher'), await open('anonymous')];
  const teacherCall = await joinCall(teacher, meeting);
  const guestCall = await joinAsGuest(guest, meeting, 'Гостья Анна');
  const hostCall = await joinCall(host, meeting);
  const teacherName = (await seatOf(teacher, meeting)).name;
  const width = async (name: string) => (await hostCall.tile(name).boundingBox())?.width ?? 0;

  await test.step('in the grid all tiles are alike', async () => {
    await expect.poll(async () => Math.abs((await width(teacherName)) - (await width('Гостья Анна')))).toBeLessThan(3);
  });
  await test.step('the one who speaks becomes large', async () => {
    await guestCall.microphone('on').click();
    await hostCall.microphone('on').click();
    await host.keyboard.press('KeyL');
    await expect.poll(async () => (await width(teacherName)) / (await width('Гостья Анна'))).toBeGreaterThan(1.5);
    await expect(hostCall.tile(teacherName)).toHaveAccessibleName(new RegExp(tile.speaking));
    await teacherCall.microphone('on').click();
    await guestCall.microphone('off').click();
    await expect.poll(async () => (await width('Гостья Анна')) / (await width(teacherName)), { timeout: 20_000 }).toBeGreaterThan(1.5);
  });
  await test.step('a pinned tile stays large whoever speaks', async () => {
    await hostCall.pin(teacherName);
    await expect.poll(async () => (await width(teacherName)) / (await width('Гостья Анна'))).toBeGreaterThan(1.5);
  });
});

// Pages of one browser process share its camera: the host's small picture would be this one's too.
test('a second layer of the picture is taken when the tile grows', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Слои');
  const host = await open('methodist', { context: { viewport: { width: 1280, height: 800 } } });
  const teacher = await open('teacher', { probe: { camera: layeredCamera }, ownBrowser: true });
  const hostCall = await joinCall(host, meeting);
  await joinCall(teacher, meeting);
  const name = (await seatOf(teacher, meeting)).name;
  const video = hostCall.tile(name).locator('video');
  await expectMovingPicture(video);
  await expect.poll(async () => (await pictureSize(video)).width, { timeout: 30_000 }).toBe(layeredCamera.width);

  await host.setViewportSize({ width: 360, height: 300 });
  await expect.poll(async () => (await pictureSize(video)).width, { timeout: 30_000 }).toBeLessThan(layeredCamera.width);
  await expectMovingPicture(video);
});
