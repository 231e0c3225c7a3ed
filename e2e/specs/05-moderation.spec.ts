import { expect, test } from '../harness/test';
import { PatchedClient } from '../media/patched-client';
import { expectMovingPicture } from '../media/picture';
import { expectNoPackets, expectSound, received } from '../media/stats';
import { seatOf } from '../pages/call';
import { joinAsGuest, joinCall } from '../pages/pre-join';
import { words } from '../pages/words';

const { closed: door, controls, notice, over, people, tile } = words.room;

test('the host mutes one, then everyone, and they may speak again', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Тишина');
  const [host, teacher, guest] = [await open('methodist'), await open('teacher'), await open('anonymous')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const guestCall = await joinAsGuest(guest, meeting, 'Гостья Анна');
  const name = (await seatOf(teacher, meeting)).name;

  await hostCall.act(name, people.muteMicrophone);
  await expect(teacherCall.microphone('off')).toBeVisible();
  await expect(teacher.getByText(notice.switched_off.microphone.moderator)).toBeVisible();
  await expect(guestCall.microphone('on')).toBeVisible();

  await hostCall.more(controls.muteAll);
  await expect(guestCall.microphone('off')).toBeVisible();
  await expect(hostCall.microphone('on')).toBeVisible();

  await teacherCall.microphone('off').click();
  await expect(hostCall.tile(name)).not.toHaveAccessibleName(new RegExp(tile.muted));
  await hostCall.microphone('on').click();
  await expectSound(host);
});

test('who may not unmute cannot, by the button or by a patched client', async ({ open, api }) => {
  const hostApi = await api('methodist');
  const meeting = await hostApi.startMeeting('Запрет микрофона');
  const host = await open('methodist');
  const hostCall = await joinCall(host, meeting);
  await hostCall.microphone('on').click();
  const hacker = await PatchedClient.join(await open('teacher', { context: { bypassCSP: true } }), meeting);
  await hacker.publish('microphone');
  await hacker.publish('camera');
  await expectSound(host);
  await expectMovingPicture(hostCall.tile(hacker.seat.name).locator('video'));

  await test.step('a moderator turns both off: the packets stop, and unmuting by force brings none back', async () => {
    await hostApi.setPolicy(meeting, { allowUnmute: false, allowVideo: false });
    await hostApi.json(
      hostApi.send('POST', `/api/rooms/${meeting.room.id}/seats/${hacker.seat.id}/mute`, { source: 'microphone' }),
    );
    await hostApi.json(
      hostApi.send('POST', `/api/rooms/${meeting.room.id}/seats/${hacker.seat.id}/mute`, { source: 'camera' }),
    );
    await hacker.unmuteByForce();
    await expectNoPackets(host, 'audio');
    await hacker.unmuteByForce();
    await expectNoPackets(host, 'video');
    await expectNoPackets(host, 'audio');
  });
  await test.step('publishing anew is refused', async () => {
    const before = await received(host, 'video');
    expect(await hacker.tryToPublish('camera')).not.toBeNull();
    expect(await hacker.tryToPublish('microphone')).not.toBeNull();
    expect((await received(host, 'video')).packets).toBe(before.packets);
  });
});

test('a participant whose microphone is forbidden finds the button closed, with the reason', async ({ open, api }) => {
  const hostApi = await api('methodist');
  const meeting = await hostApi.startMeeting('Запрет для всех');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  await hostApi.setPolicy(meeting, { allowUnmute: false, allowShare: false, allowChat: false });
  await hostCall.more(controls.muteAll);
  const closed = teacherCall.control(controls.forbidden.unmute);
  await closed.click();
  await expect(teacher.getByText(notice.forbidden.unmute)).toBeVisible();
  await expect(closed).toBeVisible();
  await expect(teacherCall.control(controls.forbidden.share)).toBeVisible();
  await teacherCall.openChat();
  await expect(teacher.getByText(words.room.chat.forbidden, { exact: true })).toBeVisible();

  await test.step('and the host may give the word to one', async () => {
    const name = (await seatOf(teacher, meeting)).name;
    await hostCall.act(name, people.allowUnmute);
    await teacherCall.microphone('off').click();
    await expect(hostCall.tile(name)).not.toHaveAccessibleName(new RegExp(tile.muted));
  });
});

test('the host stops a screen share', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Остановить показ');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const name = (await seatOf(teacher, meeting)).name;
  await teacherCall.screen('off').click();
  await expectMovingPicture(hostCall.screenOf(name).locator('video'));
  await hostCall.act(name, people.stopScreen);
  await expect(hostCall.screenOf(name)).toHaveCount(0);
  await expect(teacherCall.screen('off')).toBeVisible();
});

test('a co-host moderates, and no longer when the host takes it back', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Помощник');
  const [host, teacher, guest] = [await open('methodist'), await open('teacher'), await open('anonymous')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  const guestCall = await joinAsGuest(guest, meeting, 'Гостья Анна');
  const name = (await seatOf(teacher, meeting)).name;
  await hostCall.act(name, people.makeCohost);
  await expect(teacher.getByText(notice.role.cohost)).toBeVisible();
  await teacherCall.act('Гостья Анна', people.muteMicrophone);
  await expect(guestCall.microphone('off')).toBeVisible();

  await hostCall.act(name, people.takeCohost);
  await expect(teacher.getByText(notice.role.participant)).toBeVisible();
  const headers = { origin: new URL(teacher.url()).origin };
  const answer = await teacher.request.post(`/api/rooms/${meeting.room.id}/mute-all`, { headers });
  expect(answer.status()).toBe(403);
});

test('who is removed leaves at once and cannot come back', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Удаление');
  const [host, guest] = [await open('methodist'), await open('anonymous')];
  const hostCall = await joinCall(host, meeting);
  await joinAsGuest(guest, meeting, 'Шумный гость');
  await hostCall.act('Шумный гость', people.remove);
  await host.getByRole('dialog').getByRole('button', { name: people.removeConfirm }).click();
  await expect(guest.getByRole('heading', { name: over.removed.title })).toBeVisible();
  await expect(hostCall.tile('Шумный гость')).toHaveCount(0);

  await guest.goto(`/r/${meeting.room.code}`);
  await expect(guest.getByRole('heading', { name: door.removed.title })).toBeVisible();
  const headers = { origin: new URL(guest.url()).origin };
  const answer = await guest.request.post(`/api/rooms/${meeting.room.id}/token`, { headers });
  expect(answer.status()).toBe(403);
  expect(((await answer.json()) as { code: string }).code).toBe('seat.removed');
});

test('the host ends the meeting for all, and nobody enters again', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Конец');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  await joinCall(teacher, meeting);
  await hostCall.endForAll();
  await expect(host.getByRole('heading', { name: over.ended.title })).toBeVisible();
  await expect(teacher.getByRole('heading', { name: over.ended.title })).toBeVisible();
  await teacher.goto(`/r/${meeting.room.code}`);
  await expect(teacher.getByRole('heading', { name: door.ended.title })).toBeVisible();
});
