import { expectAccessible } from '../harness/axe';
import { expect, test } from '../harness/test';
import { type Colour, pdfOf } from '../media/pdf';
import { seatOf } from '../pages/call';
import { joinAsGuest, joinCall } from '../pages/pre-join';
import { Slides } from '../pages/slides';
import { filled, words } from '../pages/words';

const { slides } = words.room;

const RED: Colour = [1, 0, 0];
const GREEN: Colour = [0, 0.6, 0];
const BLUE: Colour = [0, 0, 1];
const deck = pdfOf([RED, GREEN, BLUE]);

test('everybody sees the page that the host shows, also who comes late or comes back', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Показ слайдов');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hosts = new Slides(await joinCall(host, meeting));
  const teachers = new Slides(await joinCall(teacher, meeting));

  await hosts.upload('Доклад.pdf', deck);
  await hosts.show('Доклад.pdf');
  await hosts.expectPage(1, RED);
  await teachers.expectPage(1, RED);
  await expect(teachers.tile.getByText('Slide number 1')).toBeAttached();

  await test.step('the host turns by key and by button, and a late guest sees the same page', async () => {
    await host.keyboard.press('ArrowRight');
    await hosts.expectPage(2, GREEN);
    await teachers.expectPage(2, GREEN);
    const late = new Slides(await joinAsGuest(await open('anonymous'), meeting, 'Опоздавшая гостья'));
    await late.expectPage(2, GREEN);
    await hosts.button(slides.next).click();
    await late.expectPage(3, BLUE);
    await teachers.expectPage(3, BLUE);
    await expect(hosts.button(slides.next)).toBeDisabled();
  });
  await test.step('a reload keeps it, and the host still leads', async () => {
    await teacher.reload();
    await teachers.expectPage(3, BLUE);
    await host.reload();
    await hosts.expectPage(3, BLUE);
    await host.keyboard.press('PageUp');
    await teachers.expectPage(2, GREEN);
  });
  await test.step('the teacher looks back by themselves and returns', async () => {
    await teachers.button(slides.previous).click();
    await teachers.expectPage(1, RED);
    await hosts.expectPage(2, GREEN);
    await teachers.button(slides.back).click();
    await teachers.expectPage(2, GREEN);
  });
  await test.step('the pointer of the host is seen where it points', async () => {
    await hosts.button(slides.pointer).click();
    const canvas = await hosts.tile.locator('canvas').boundingBox();
    if (!canvas) throw new Error('the page has no place');
    const dot = teacher.getByTestId('slide-pointer');
    await expect(async () => {
      // It is a trifle that may be lost: a hand that moves sends it again.
      await host.mouse.move(canvas.x + canvas.width * 0.3, canvas.y + canvas.height * 0.5);
      await host.mouse.move(canvas.x + canvas.width * 0.25, canvas.y + canvas.height * 0.5);
      await expect(dot).toBeVisible({ timeout: 500 });
    }).toPass();
    const [place, page] = [await dot.boundingBox(), await teachers.tile.locator('canvas').boundingBox()];
    if (!place || !page) throw new Error('the pointer has no place');
    expect((place.x + place.width / 2 - page.x) / page.width).toBeCloseTo(0.25, 1);
  });
  await test.step('nothing of it is closed to a keyboard or a screen reader', async () => {
    await expectAccessible(host, 'a call with slides that one leads');
    await expectAccessible(teacher, 'a call with slides');
  });
  await hosts.button(slides.end).click();
  await expect(teachers.tile).toHaveCount(0);
});

test('a speaker shows, the host shows everybody another page, and the notes are not for the hall', async ({ open, api }) => {
  const hostApi = await api('methodist');
  const meeting = await hostApi.startMeeting('Слайды докладчика');
  const [host, teacher] = [await open('methodist'), await open('teacher')];
  const hosts = new Slides(await joinCall(host, meeting));
  const teachers = new Slides(await joinCall(teacher, meeting));
  await teachers.upload('Опыт.pdf', deck);
  await teachers.show('Опыт.pdf');
  await hosts.expectPage(1, RED);
  const name = (await seatOf(teacher, meeting)).name;
  await expect(hosts.tile.getByText(filled(slides.leader, { name }))).toBeVisible();

  await hosts.button(slides.next).click();
  await hosts.expectPage(2, GREEN);
  await teachers.expectPage(1, RED);
  await hosts.button(slides.bringAll).click();
  await teachers.expectPage(2, GREEN);

  const list = await hostApi.json<{ items: { id: string }[] }>(hostApi.get(`/api/rooms/${meeting.room.id}/decks`));
  const note = { page: 2, body: 'Спросить <b>зал</b>' };
  await hostApi.json(hostApi.send('PUT', `/api/decks/${list.items[0]?.id}/notes`, note));
  await hosts.openPanel();
  await expect(hosts.panel.getByText(note.body)).toBeVisible();
  const guest = await open('anonymous');
  const guests = new Slides(await joinAsGuest(guest, meeting, 'Гостья'));
  await guests.expectPage(2, GREEN);
  await guests.button(slides.pages).click();
  await expect(guests.panel).toBeVisible();
  await expect(guests.panel.getByText(note.body)).toHaveCount(0);
  const asked = await guest.request.get(`/api/decks/${list.items[0]?.id}/notes`);
  expect(asked.status()).toBe(403);

  await test.step('without the right to share, the showing ends', async () => {
    await hostApi.setPolicy(meeting, { allowShare: false });
    await expect(guests.tile).toHaveCount(0);
    await expect(teachers.tile).toHaveCount(0);
  });
});

test('what cannot be shown is refused in words, on a phone too', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Не слайды');
  const host = await open('methodist', { context: { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } });
  const hosts = new Slides(await joinCall(host, meeting));
  await hosts.upload('Обман.pdf', Buffer.from('<!doctype html><script>alert(1)</script>'));
  await expect(hosts.panel.getByRole('alert')).toContainText('не такое');
  await hosts.upload('Обрыв.pdf', deck.subarray(0, deck.length / 2));
  await expect(hosts.panel.getByRole('alert')).toContainText('повреждён');
  await hosts.upload('Доклад.pdf', deck);
  await hosts.show('Доклад.pdf');
  await host.getByRole('button', { name: words.room.panel.close }).click();
  await hosts.expectPage(1, RED);
  const page = await hosts.tile.locator('canvas').boundingBox();
  expect(page?.y).toBeLessThan(120);
  expect(await host.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('a deck is brought beforehand, with notes to its pages, and its file is shown by the browser', async ({ open, api }) => {
  const hostApi = await api('methodist');
  const meeting = await hostApi.startMeeting('Готовим слайды');
  const host = await open('methodist');
  await host.goto(`/meetings/${meeting.id}`);
  const section = host.getByRole('region', { name: words.event.decks.title });
  const chooser = host.waitForEvent('filechooser');
  await host.getByRole('button', { name: words.event.decks.add }).click();
  await (await chooser).setFiles({ name: 'Заранее.pdf', mimeType: 'application/pdf', buffer: deck });
  await host.getByRole('link', { name: 'Заранее.pdf' }).click();
  await expect(host.locator('canvas[data-page="1"]')).toBeVisible();
  await host.getByRole('button', { name: words.deck.next, exact: true }).click();
  await host.getByRole('textbox', { name: filled(words.deck.note, { page: 2 }) }).fill('Начать с вопроса');
  await expect(host.getByText(words.deck.saved)).toBeVisible();
  await host.reload();
  await host.getByRole('button', { name: words.deck.next, exact: true }).click();
  await expect(host.getByRole('textbox', { name: filled(words.deck.note, { page: 2 }) })).toHaveValue('Начать с вопроса');
  await expectAccessible(host, 'the page of a deck');
  await host.goBack();
  await expect(section.getByRole('link', { name: 'Заранее.pdf' })).toBeVisible();
});
