import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { Call, seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { controls, people, settings, shortcuts, rules } = words.room;

const open_to_all = ['/sign-in', '/slip', '/help', '/help/errors', '/privacy', '/no-such-page', '/r/zzz-zzzz-zzz', '/unsupported.html'];
const of_people = ['/', '/meetings', '/meetings/new', '/profile'];
const of_administrators = [
  '/people',
  '/people/new',
  '/institutions',
  '/institutions/new',
  '/invitations',
  '/import',
  '/invitations/slips',
  '/access-log',
  '/problem-reports',
  '/overview',
  '/positions',
  '/indicators/new',
  '/indicators/settings',
  '/project',
  '/project/edit',
];

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no serious fault on any page outside the call (${theme})`, async ({ open, api }) => {
    test.setTimeout(180_000);
    const visits = [
      ['anonymous', open_to_all],
      ['admin', [...of_people, ...of_administrators]],
    ] as const;
    for (const [who, paths] of visits) {
      const page = await open(who, { theme });
      for (const path of paths) {
        await test.step(`${who} ${path}`, async () => {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
          await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
          await expectAccessible(page, path);
        });
      }
    }

    await test.step('one person, one institution, one meeting', async () => {
      const admin = await api('admin');
      const page = await open('admin', { theme });
      for (const register of ['people', 'institutions'] as const) {
        const { items } = await admin.json<{ items: { id: string }[] }>(admin.get(`/api/${register}?perPage=1`));
        await page.goto(`/${register}/${items[0]?.id}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page, `/${register}/…`);
      }
      const meeting = await admin.startMeeting('Доступность');
      await page.goto(`/meetings/${meeting.id}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Доступность' })).toBeVisible();
      await expectAccessible(page, '/meetings/…');
    });
  });

  test(`axe finds no serious fault before, in and after a call (${theme})`, async ({ open, api }) => {
    test.setTimeout(180_000);
    const meeting = await (await api('methodist')).startMeeting('Доступность звонка', { lobby: 'guests' });
    const host = await open('methodist', { theme });
    const door = await PreJoin.open(host, meeting);
    await expectAccessible(host, 'pre-join');
    const call = await door.enter();

    const guest = await open('anonymous', { theme, context: phone });
    const guestDoor = await PreJoin.open(guest, meeting);
    await guestDoor.fillGuest('Гостья Анна');
    await expectAccessible(guest, 'pre-join of a guest');
    const lobby = await guestDoor.knock();
    await expectAccessible(guest, 'lobby');
    const list = await call.openPeople();
    await expectAccessible(host, 'call with the list of people and somebody at the door');
    await list.getByRole('button', { name: filled(people.admitName, { name: 'Гостья Анна' }) }).click();
    const guestCall = await lobby.admitted();
    await expectAccessible(guest, 'call on a phone');
    await guestCall.say('Всем доброго дня');
    await expectAccessible(guest, 'chat on a phone');
    await call.openChat();
    await expectAccessible(host, 'call with the chat');
    await call.closePanel();
    await expectAccessible(host, 'call');
    for (const [entry, title] of [
      [controls.settings, settings.title],
      [controls.shortcuts, shortcuts.title],
      [controls.rules, rules.title],
    ] as const) {
      await call.more(entry);
      await expect(host.getByRole('dialog', { name: title })).toBeVisible();
      await expectAccessible(host, title);
      await host.keyboard.press('Escape');
      await expect(host.getByRole('dialog')).toHaveCount(0);
    }
    await call.leave();
    await expectAccessible(host, 'after the call');
  });
}

test('who asks for less motion gets none', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Без движения');
  const host = await open('methodist', { context: { reducedMotion: 'reduce' } });
  const call = await joinCall(host, meeting);
  const guest = await open('anonymous');
  await joinAsGuest(guest, meeting, 'Гостья Анна');
  await expect(call.tile('Гостья Анна')).toBeVisible();
  await host.evaluate(() => {
    // Everything that starts moving from here on, until the scenario looks.
    const moved: string[] = [];
    Object.defineProperty(window, 'moved', { value: moved });
    for (const kind of ['animationstart', 'transitionrun'] as const) {
      document.addEventListener(kind, (event) => {
        const element = event.target as Element;
        const length = element
          .getAnimations()
          .map((animation) => Number(animation.effect?.getComputedTiming().activeDuration ?? 0));
        if (Math.max(0, ...length) > 100) moved.push(`${kind} ${element.outerHTML.slice(0, 120)}`);
      });
    }
  });
  await call.openPeople();
  await call.openChat();
  await call.closePanel();
  await host.keyboard.press('KeyL');
  await host.keyboard.press('KeyH');
  await expect(call.hand('up')).toBeVisible();
  expect(await host.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
  expect((await seatOf(host, meeting)).role).toBe('host');
});

test('the way from home into a call and out of it needs no mouse', async ({ open }) => {
  const page = await open('teacher2');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const reach = async (name: string) => {
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeVisible();
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(button).toBeFocused({ timeout: 50 });
    }).toPass({ intervals: [0], timeout: 15_000 });
    await test.step(`the focus on «${name}» can be seen`, async () => {
      const seen = await button.evaluate((element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      });
      expect(seen).toBe(true);
    });
    await page.keyboard.press('Enter');
  };
  await reach(words.home.start);
  await page.waitForURL(/\/r\//);
  await expect(new PreJoin(page).button).toBeEnabled();
  await reach((await new PreJoin(page).button.textContent()) ?? '');
  const call = new Call(page);
  await call.expectConnected();

  await page.keyboard.press('KeyM');
  await expect(call.microphone('off')).toBeVisible();
  await page.keyboard.press('KeyV');
  await expect(call.camera('off')).toBeVisible();
  await page.keyboard.press('KeyH');
  await expect(call.hand('up')).toBeVisible();
  await page.keyboard.press('KeyC');
  await call.openChat();
  await page.getByRole('textbox', { name: words.room.chat.placeholder }).focus();
  await page.keyboard.type('мимо микрофона');
  await page.keyboard.press('Enter');
  await expect(await call.openChat()).toContainText('мимо микрофона');
  await expect(call.microphone('off'), 'letters in a message are no commands').toBeVisible();
});
