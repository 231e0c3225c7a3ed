import { Kafedra } from '../harness/kafedra';
import { AWAY } from '../harness/watch';
import { expect, test } from '../harness/test';
import { joinCall, PreJoin } from '../pages/pre-join';
import { words } from '../pages/words';

const { banner, check, closed, device, over } = words.room;

test('an unknown code says so and leads home', async ({ open }) => {
  const page = await open('anonymous');
  await page.goto('/r/zzz-zzzz-zzz');
  await expect(page.getByRole('heading', { name: closed.unknown.title })).toBeVisible();
  await expect(page.getByRole('link', { name: words.shared.actions.home })).toBeVisible();
});

test('what is no code at all is said in the field, before anything is asked', async ({ open }) => {
  const page = await open('teacher');
  await page.goto('/');
  await page.getByLabel(words.shared.join.label).fill('не код');
  await page.getByRole('button', { name: words.shared.join.submit }).click();
  await expect(page.getByText(words.shared.join.wrong)).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
});

test('the address in a refusal leads to the words of its code', async ({ open, api }) => {
  const nobody = await api('anonymous');
  const { type } = (await (await nobody.get('/api/people')).json()) as { type: string };
  expect(type).toBe('/help/errors#sign_in.needed');
  const page = await open('anonymous');
  await page.goto(type);
  const line = page.getByRole('listitem').filter({ hasText: 'sign_in.needed' });
  await expect(line).toBeInViewport();
  await expect(line).toHaveAttribute('aria-current', 'true');
  await page.goto('/help');
  await page.getByRole('link', { name: words.help.errorsPage.title }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.help.errorsPage.title })).toBeVisible();
});

test('a meeting that is over cannot be entered', async ({ open, api }) => {
  const host = await api('methodist');
  const meeting = await host.startMeeting('Была');
  await host.json(host.send('POST', `/api/rooms/${meeting.room.id}/end`));
  const page = await open('teacher');
  await page.goto(`/r/${meeting.room.code}`);
  await expect(page.getByRole('heading', { name: closed.ended.title })).toBeVisible();
});

test('a room without guests asks a guest to sign in, and brings them back to it', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Только свои', { guestsAllowed: false });
  const page = await open('anonymous');
  await page.goto(`/r/${meeting.room.code}`);
  await expect(page.getByRole('heading', { name: closed.guests_not_allowed.title })).toBeVisible();
  await page.getByRole('link', { name: words.shared.actions.signIn }).click();
  await page.getByLabel(words.session.signIn.login).fill('teacher2');
  await page.getByLabel(words.session.signIn.password, { exact: true }).fill('kafedra-demo');
  await page.getByRole('button', { name: words.session.signIn.submit, exact: true }).click();
  await expect(new PreJoin(page).button).toBeVisible();
});

test('a room that fills up while one looks at its door says that there is no place', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Полная');
  const page = await open('teacher');
  const door = await PreJoin.open(page, meeting);
  // Three hundred browsers do not fit here: only this one answer is played, in the server's own form.
  await page.route(`**/api/rooms/${meeting.room.id}/seats`, (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { type: '/help/errors#room.full', title: 'Мест нет', status: 409, detail: '', code: 'room.full', errors: [] },
    }),
  );
  await door.button.click();
  await expect(page.getByRole('heading', { name: closed.full.title })).toBeVisible();
  await page.unroute(`**/api/rooms/${meeting.room.id}/seats`);
});

test('a camera that is not allowed is explained, and one may enter without it', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Без камеры');
  const page = await open('teacher');
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  });
  const door = await PreJoin.open(page, meeting);
  await expect(page.getByText(device.denied.text)).toBeVisible();
  await expect(page.getByText(device.how.chromium)).toBeVisible();
  const call = await door.enter();
  await expect(call.microphone('off')).toBeVisible();
});

test('a server that goes away is told at once, and the call goes on when it is back', async ({ open, watch }) => {
  test.setTimeout(120_000);
  watch.allow(AWAY);
  const server = await Kafedra.start({ name: 'away' });
  try {
    const origin = server.url;
    const page = await open('methodist', { origin });
    const started = await page.request.post('/api/events/now', { data: { title: 'Сервер ушёл' }, headers: { origin } });
    const meeting = (await started.json()) as { room: { id: string; code: string; url: string } };
    const call = await joinCall(page, meeting);
    // A power cut: no goodbye from the server.
    await server.stop('SIGKILL');
    await expect(page.getByText(banner.reconnecting).or(page.getByText(banner.restarting)).first()).toBeVisible();
    await server.startAgain();
    await expect(page.getByText(banner.reconnecting)).toHaveCount(0, { timeout: 30_000 });
    await call.expectConnected();
  } finally {
    await server.dispose();
  }
});

test('the same person in a second window takes the place, and the first window says so', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Два окна');
  const first = await open('teacher');
  await joinCall(first, meeting);
  const second = await first.context().newPage();
  const secondCall = await joinCall(second, meeting);
  await expect(first.getByRole('heading', { name: over.elsewhere.title })).toBeVisible();
  await secondCall.expectConnected();
});

test('a browser below the floor gets a plain page that names the ones that do', async ({ open }) => {
  const page = await open('anonymous', {
    context: {
      userAgent: 'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36',
    },
  });
  await page.goto('/r/abc-defg-hij');
  await expect(page).toHaveURL(/unsupported\.html/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('старый');
  await expect(page.getByText('Яндекс Браузер')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Открыть ещё раз' })).toHaveAttribute('href', '/r/abc-defg-hij');
});

test('an address that is no page says so', async ({ open }) => {
  const page = await open('anonymous');
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: words.shared.errors.notFound.title })).toBeVisible();
});

test('a network that closes the port of sound and picture is told in words before the call', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Закрытый порт');
  const page = await open('teacher', { probe: { closedUdp: true } });
  const door = await PreJoin.open(page, meeting);
  await expect(door.connection).toContainText(check.finding.media.title, { timeout: 30_000 });
  await expect(door.connection).toContainText(check.finding.media.text);
});
