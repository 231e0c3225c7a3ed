import { expect, test } from '../harness/test';
import { expectMovingPicture, pictureSize } from '../media/picture';
import { expectFramesDecoded, expectSound } from '../media/stats';
import { seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { card, chat, stage, tile, check } = words.room;

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
