import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { seatOf } from '../pages/call';
import { joinAsGuest, joinCall, PreJoin } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { closed, over, people, controls } = words.room;

test('a guest waits without a token, and is in the call once the host admits them', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('С комнатой ожидания', { lobby: 'guests' });
  const host = await open('methodist');
  const hostCall = await joinCall(host, meeting);

  const guest = await open('anonymous');
  const door = await PreJoin.open(guest, meeting);
  await door.fillGuest('Гость Пётр');
  const waiting = await door.knock();

  await test.step('the server gives a waiting guest no token', async () => {
    const headers = { origin: new URL(guest.url()).origin };
    const answer = await guest.request.post(`/api/rooms/${meeting.room.id}/token`, { headers });
    expect(answer.status()).toBe(403);
    expect(((await answer.json()) as { code: string }).code).toBe('seat.waiting');
    expect((await seatOf(guest, meeting)).status).toBe('waiting');
  });
  await test.step('nothing of the room can be seen from the lobby', async () => {
    const chat = await guest.request.get(`/api/rooms/${meeting.room.id}/chat`);
    expect(chat.status()).toBe(403);
  });

  const list = await hostCall.openPeople();
  await list.getByRole('button', { name: filled(people.admitName, { name: 'Гость Пётр' }) }).click();
  await waiting.admitted();
  await expectMovingPicture(hostCall.tile('Гость Пётр').locator('video'));
});

test('a refused guest reads so, and gets no token', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Отказ', { lobby: 'guests' });
  const host = await open('methodist');
  const hostCall = await joinCall(host, meeting);
  const guest = await open('anonymous');
  const door = await PreJoin.open(guest, meeting);
  await door.fillGuest('Незнакомец');
  await door.knock();

  const list = await hostCall.openPeople();
  await list.getByRole('button', { name: filled(people.refuseName, { name: 'Незнакомец' }) }).click();
  await expect(guest.getByRole('heading', { name: over.refused.title })).toBeVisible();
  const headers = { origin: new URL(guest.url()).origin };
  const answer = await guest.request.post(`/api/rooms/${meeting.room.id}/token`, { headers });
  expect(answer.status()).toBe(403);
  expect(((await answer.json()) as { code: string }).code).toBe('seat.refused');
});

test('a lobby for everyone keeps a colleague too, and one press admits all who wait', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Ждут все', { lobby: 'everyone' });
  const host = await open('methodist');
  const hostCall = await joinCall(host, meeting);
  const [teacher, guest] = [await open('teacher'), await open('anonymous')];
  const teacherWaits = await (await PreJoin.open(teacher, meeting)).knock();
  const door = await PreJoin.open(guest, meeting);
  await door.fillGuest('Гостья Анна');
  const guestWaits = await door.knock();
  const list = await hostCall.openPeople();
  await list.getByRole('button', { name: people.admitAll }).click();
  await teacherWaits.admitted();
  await guestWaits.admitted();
});

test('a locked room keeps newcomers out, and those who were in it may come back', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Закрытый вход');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const teacherCall = await joinCall(teacher, meeting);
  await hostCall.more(controls.lock);

  const late = await open('anonymous');
  await late.goto(`/r/${meeting.room.code}`);
  await expect(late.getByRole('heading', { name: closed.locked.title })).toBeVisible();

  await teacherCall.leave();
  await teacher.getByRole('button', { name: over.rejoin }).click();
  await new PreJoin(teacher).enter();

  await hostCall.more(controls.unlock);
  await joinAsGuest(late, meeting, 'Опоздавший');
});
