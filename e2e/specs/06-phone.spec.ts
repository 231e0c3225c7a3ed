import { landscape, narrow, phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { Call, seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { swipe } from '../pages/touch';
import { words } from '../pages/words';

const { controls, tile } = words.room;

/** Nothing wider than the window: a page that scrolls sideways is broken on a phone. */
async function expectNoSidewaysScroll(call: Call): Promise<void> {
  const { page } = call;
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'pixels the page is wider than the window').toBeLessThanOrEqual(0);
}

/** Everything one presses in a call is inside the window and large enough for a thumb (WCAG 2.5.8: 24 px; ours 44). */
async function expectThumbSized(call: Call): Promise<void> {
  const size = call.page.viewportSize();
  if (!size) throw new Error('the page has no size');
  for (const button of await call.toolbar.getByRole('button').all()) {
    const name = await button.getAttribute('aria-label');
    const box = await button.boundingBox();
    expect(box, `${name} is drawn`).not.toBeNull();
    if (!box) continue;
    expect(box.x, `${name} begins inside the window`).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, `${name} ends inside the window`).toBeLessThanOrEqual(size.width);
    expect(box.y + box.height, `${name} ends above the lower edge`).toBeLessThanOrEqual(size.height);
    expect(Math.min(box.width, box.height), `${name} fits a thumb`).toBeGreaterThanOrEqual(40);
  }
}

test('a third person joins by phone, sees both others, and swipes from the speaker to everyone', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('С телефона');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  await joinCall(host, meeting);
  await joinCall(teacher, meeting);
  const names = [(await seatOf(host, meeting)).name, (await seatOf(teacher, meeting)).name];

  const mobile = await open('anonymous', { context: phone });
  const call = await joinAsGuest(mobile, meeting, 'Жюри с телефона');
  await expectNoSidewaysScroll(call);
  await expectThumbSized(call);
  for (const name of names) await expectMovingPicture(call.tile(name).locator('video'));

  const widest = async () => {
    const boxes = await Promise.all(names.map((name) => call.tile(name).boundingBox()));
    const widths = boxes.map((box) => box?.width ?? 0);
    return Math.max(...widths) / Math.max(1, Math.min(...widths));
  };
  const before = await widest();
  await swipe(call.stage, 'left');
  await expect.poll(widest).not.toBeCloseTo(before, 1);
  await swipe(call.stage, 'right');
  await expect.poll(widest).toBeCloseTo(before, 1);

  await test.step('the chat fills the phone and goes away again', async () => {
    await call.say('Пишу с телефона');
    await expect(await call.openChat()).toContainText('Пишу с телефона');
    await expectNoSidewaysScroll(call);
    await call.closePanel();
    await expect(call.stage).toBeVisible();
  });
  await test.step('the others see the phone', async () => {
    await expectMovingPicture(new Call(host).tile('Жюри с телефона').locator('video'));
  });
});

test('a screen of 320 pixels holds the way in and the whole call', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Узкий экран');
  const host = await open('methodist');
  await joinCall(host, meeting);
  const mobile = await open('anonymous', { context: narrow });
  const door = await PreJoin.open(mobile, meeting);
  const overflow = await mobile.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await door.fillGuest('Маленький экран');
  const call = await door.enter();
  await expectNoSidewaysScroll(call);
  await expectThumbSized(call);
  await call.hand('down').or(call.control(controls.more)).first().click();
  await expectNoSidewaysScroll(call);
});

test('a phone on its side keeps pictures and controls apart', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Телефон набок');
  const host = await open('methodist');
  await joinCall(host, meeting);
  const name = (await seatOf(host, meeting)).name;
  const mobile = await open('anonymous', { context: landscape });
  const call = await joinAsGuest(mobile, meeting, 'Набок');
  await expectNoSidewaysScroll(call);
  await expectThumbSized(call);
  await expectMovingPicture(call.tile(name).locator('video'));
  const [stage, bar] = [await call.stage.boundingBox(), await call.toolbar.boundingBox()];
  expect(stage && bar && stage.height >= 180, 'the stage keeps most of the height').toBe(true);
  await expect(call.tile(name)).not.toHaveAccessibleName(new RegExp(tile.muted));
});
