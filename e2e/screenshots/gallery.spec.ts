import type { Page } from '@playwright/test';
import { phone } from '../harness/browser';
import type { Api } from '../harness/api';
import { expect, test, type OpenOptions, type Who } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { portraits, sitForPortrait, type Portrait } from '../media/portrait';
import { Call, seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { words } from '../pages/words';
import { picture } from './picture';

type Open = (who: Who, options?: OpenOptions) => Promise<Page>;

async function openSeen(open: Open, who: Who, portrait: Portrait, options?: OpenOptions): Promise<Page> {
  const page = await open(who, options);
  await sitForPortrait(page.context(), portrait);
  return page;
}

/** A week as a methodologist has it. */
async function planWeek(api: Api): Promise<void> {
  const plans = [
    ['ГМО учителей математики: итоги четверти', 'association_meeting', 0, 15],
    ['Мастер-класс «Игра на уроке истории»', 'master_class', 1, 14],
    ['Совещание заместителей директоров', 'staff_meeting', 2, 10],
    ['Вебинар «Оценивание без отметок»', 'webinar', 3, 16],
  ] as const;
  for (const [title, kind, days, hour] of plans) {
    const start = new Date();
    start.setUTCDate(start.getUTCDate() + days);
    // Moscow is three hours ahead of UTC. What is over by now would not stand on the page.
    start.setUTCHours(Math.max(hour - 3, days === 0 ? new Date().getUTCHours() + 1 : 0), 0, 0, 0);
    const end = new Date(start.getTime() + 90 * 60_000);
    await api.json(
      api.send('POST', '/api/events', { title, kind, startsAt: start.toISOString(), endsAt: end.toISOString(), timezone: 'Europe/Moscow' }),
    );
  }
}

test('pages outside the call', async ({ open, api }) => {
  const methodist = await api('methodist');
  await planWeek(methodist);
  for (const [name, options] of [
    ['home', { theme: 'light' }],
    ['home-dark', { theme: 'dark' }],
    ['home-en', { theme: 'light', language: 'en' }],
    ['home-phone', { theme: 'light', context: phone }],
  ] as const) {
    const page = await open('methodist', options);
    await page.goto('/');
    await expect(page.getByText('Мастер-класс «Игра на уроке истории»').first()).toBeVisible();
    await picture(page, name);
    await page.context().close();
  }
  for (const [name, options] of [
    ['people', { theme: 'light' }],
    ['people-dark', { theme: 'dark' }],
  ] as const) {
    const page = await open('admin', options);
    await page.goto('/people');
    await expect(page.getByRole('table').getByRole('row').nth(5)).toBeVisible();
    await picture(page, name);
    await page.context().close();
  }
  const door = await open('anonymous', { theme: 'light' });
  await door.goto('/sign-in');
  await expect(door.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(door, 'sign-in');
});

test('before the call, in it, on a phone, and at its door', async ({ open, api }) => {
  test.setTimeout(150_000);
  const meeting = await (await api('methodist')).startMeeting('ГМО учителей математики');

  for (const [name, theme] of [
    ['pre-join', 'light'],
    ['pre-join-dark', 'dark'],
  ] as const) {
    const page = await openSeen(open, 'teacher', portraits.teacher, { theme });
    const door = await PreJoin.open(page, meeting);
    await expectMovingPicture(door.selfView);
    await expect(door.connection).toContainText(words.room.check.good, { timeout: 20_000 });
    await picture(page, name);
    await page.context().close();
  }

  const host = await openSeen(open, 'methodist', portraits.host);
  const hostCall = await joinCall(host, meeting);
  const teacher = await openSeen(open, 'teacher', portraits.teacher);
  const teacherCall = await joinCall(teacher, meeting);
  const jury = await openSeen(open, 'anonymous', portraits.jury);
  const juryCall = await joinAsGuest(jury, meeting, 'Орлов Денис');
  const mobile = await openSeen(open, 'anonymous', portraits.guest, { context: phone });
  const mobileCall = await joinAsGuest(mobile, meeting, 'Крылов Пётр Ильич');
  const teacherName = (await seatOf(teacher, meeting)).name;
  await juryCall.microphone('on').click();
  await mobileCall.microphone('on').click();
  await hostCall.microphone('on').click();
  await juryCall.hand('down').click();
  await hostCall.say('Коллеги, начинаем. Повестка во вложении к встрече.');
  await teacherCall.say('Добрый день! Расскажу про олимпиаду, пять минут.');
  await hostCall.say('Хорошо, вам слово первой.');

  const everyoneSeen = async (call: Call) => {
    for (const name of [teacherName, 'Орлов Денис', 'Крылов Пётр Ильич']) {
      await expectMovingPicture(call.tile(name).locator('video'));
    }
    await expect(call.tile(teacherName)).toHaveAttribute('data-speaking');
  };
  await everyoneSeen(hostCall);
  await picture(host, 'call-chat');
  await hostCall.closePanel();
  await everyoneSeen(hostCall);
  await picture(host, 'call');
  await host.keyboard.press('KeyL');
  await everyoneSeen(hostCall);
  await picture(host, 'call-speaker');
  await host.keyboard.press('KeyL');
  await expectMovingPicture(mobileCall.tile(teacherName).locator('video'));
  await picture(mobile, 'call-phone');
  await mobileCall.openChat();
  await picture(mobile, 'chat-phone');

  await (await api('methodist')).setPolicy(meeting, { lobby: 'guests' });
  for (const [name, options] of [
    ['lobby-phone', { theme: 'light', context: phone }],
    ['lobby-dark', { theme: 'dark' }],
  ] as const) {
    const page = await openSeen(open, 'anonymous', portraits.guest, options);
    const door = await PreJoin.open(page, meeting);
    await door.fillGuest(name === 'lobby-dark' ? 'Зимина Ольга' : 'Седова Вера');
    const lobby = await door.knock();
    await expectMovingPicture(page.locator('video'));
    await expect(lobby.notice).toBeVisible();
    await picture(page, name);
  }
  await hostCall.openPeople();
  await everyoneSeen(hostCall);
  await picture(host, 'call-people');
});

test('a call in English', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Maths teachers’ association');
  const host = await openSeen(open, 'methodist', portraits.host, { language: 'en' });
  await host.goto(`/r/${meeting.room.code}`);
  await host.getByTestId('join').click();
  const mobile = await openSeen(open, 'anonymous', portraits.jury, { language: 'en', context: phone, theme: 'dark' });
  await mobile.goto(`/r/${meeting.room.code}`);
  await mobile.getByRole('textbox').first().fill('Denis Orlov');
  await mobile.getByRole('checkbox').check();
  await picture(mobile, 'pre-join-phone-en-dark');
  await mobile.getByTestId('join').click();
  await expectMovingPicture(host.locator('article').filter({ hasText: 'Denis Orlov' }).locator('video'));
  await expectMovingPicture(mobile.locator('article video').first());
  await picture(host, 'call-en');
});
