import { expectAccessible } from '../harness/axe';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { seatOf } from '../pages/call';
import { figure, quartersOf, shortenOnlyDocument } from '../pages/indicator';
import { joinCall } from '../pages/pre-join';
import { filled, words } from '../pages/words';

const { indicator, event } = words;

/** The quarter that was over last, and its last day. */
function lastQuarter(): { year: number; quarter: number; day: string } {
  const now = new Date();
  const end = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 0));
  return { year: end.getUTCFullYear(), quarter: Math.floor(end.getUTCMonth() / 3) + 1, day: end.toISOString().slice(0, 10) };
}

test('a talk before two schools raises the second indicator, once the organiser has confirmed it', async ({ open, api }) => {
  test.setTimeout(120_000);
  const official = await open('official');
  const before = await figure(official, 'dissemination');
  const methodist = await api('methodist');
  const meeting = await methodist.startMeeting('Мастер-класс для показателя');
  const [host, speaker, listener] = [await open('methodist'), await open('teacher'), await open('director')];
  const other = await open('official');
  const me = await methodist.json<{ person: { id: string } }>(speaker.request.get('/api/me'));
  await methodist.json(methodist.send('POST', `/api/events/${meeting.id}/roles`, { personId: me.person.id, role: 'speaker', topic: 'Дроби' }));
  const hostCall = await joinCall(host, meeting);
  await joinCall(speaker, meeting);
  // Of a school and of the committee: a meeting of one institution is no dissemination.
  await joinCall(listener, meeting);
  await joinCall(other, meeting);
  const { name } = await seatOf(speaker, meeting);
  await hostCall.endForAll();
  await expect(speaker.getByRole('heading', { name: words.room.over.ended.title })).toBeVisible();
  expect((await figure(official, 'dissemination')).counted, 'nobody has confirmed it').toBe(before.counted);

  await host.goto(`/meetings/${meeting.id}`);
  await host.getByRole('button', { name: event.roles.confirm }).first().click();
  await expect(host.getByText(event.roles.confirmed).first()).toBeVisible();
  await expect.poll(async () => (await figure(official, 'dissemination')).counted).toBe(before.counted + 1);

  await official.goto('/indicators');
  const card = official.getByRole('region', { name: indicator.names.dissemination });
  await expect(card).toContainText(filled(indicator.countedOf, { counted: before.counted + 1, members: before.members }));
  await expectAccessible(official, 'the indicators');
  await official.goto('/indicators/dissemination?shown=counted');
  const row = official.getByRole('row').filter({ hasText: name.split(' ')[0] ?? name });
  await expect(row.first()).toContainText('Мастер-класс для показателя');
  await expectAccessible(official, 'who is counted');
});

test('a signed quarter stands still when a document is corrected, until a correction is signed too', async ({ open }) => {
  // Of its own: what is signed stays signed.
  const server = await Kafedra.start({ name: 'indicators' });
  const origin = server.url;
  try {
    const official = await open('official', { origin });
    const { year, quarter, day } = lastQuarter();
    const { counted, members } = await figure(official, 'qualification', day);
    const line = (of: number) => filled(indicator.countedOf, { counted: of, members });
    await quartersOf(official, 'qualification', day);
    const title = filled(indicator.quarterOf, { quarter, year });
    const card = official.locator('main .mantine-Paper-root').filter({ hasText: title });
    await expect(card).toContainText(line(counted));
    await card.getByRole('button', { name: indicator.sign.do }).click();
    const dialog = official.getByRole('dialog');
    await expectAccessible(official, 'signing a quarter');
    await dialog.getByRole('button', { name: indicator.sign.do }).click();
    await expect(official.getByText(indicator.sign.done)).toBeVisible();

    const admin = await open('admin', { origin });
    await test.step('somebody’s only document turns out to be of 15 hours', () => shortenOnlyDocument(admin, day));

    await test.step('the signed figure stays, and a correction with its reason is a second revision', async () => {
      await official.reload();
      await official.getByRole('tab', { name: indicator.tabs.quarters }).click();
      await expect(card).toContainText(line(counted));
      await card.getByRole('button', { name: indicator.sign.correct }).click();
      const button = dialog.getByRole('button', { name: indicator.sign.correct });
      await expect(button).toBeDisabled();
      await dialog.getByLabel(indicator.sign.reason).fill('В документе 15 часов, а не 16');
      await button.click();
      await expect(card).toContainText(line(counted - 1));
      await expect(card).toContainText('В документе 15 часов, а не 16');
      await expect(card).toContainText(filled(indicator.sign.line, { revision: 1 }).split(':')[0] ?? '');
      await expect(card).toContainText(filled(indicator.sign.line, { revision: 2 }).split(':')[0] ?? '');
    });
  } finally {
    await server.dispose();
  }
});

test('the committee puts an indicator of its own together, and enters another by hand', async ({ open }) => {
  const { form, values } = indicator;
  const page = await open('official');
  await page.goto('/indicators');
  await page.getByRole('link', { name: form.add }).click();
  await page.getByLabel(form.name).fill('Методисты с документом');
  await page.getByLabel(form.who, { exact: true }).selectOption({ label: form.whoKinds.positions });
  await page.getByRole('combobox', { name: form.positions }).click();
  await page.getByRole('option', { name: 'Методист', exact: true }).click();
  await page.keyboard.press('Escape');
  await expectAccessible(page, 'the form of an indicator');
  await page.getByRole('button', { name: words.shared.actions.save }).click();
  await expect(page.getByRole('heading', { name: 'Методисты с документом' })).toBeVisible();
  await expect(page.getByRole('tab', { name: indicator.tabs.members })).toBeVisible();

  await page.goto('/indicators/new');
  await page.getByLabel(form.name).fill('Публикации методистов');
  await page.getByText(form.froms.entered).click();
  await page.getByLabel(form.unit).selectOption({ label: form.units.count });
  await page.getByRole('button', { name: words.shared.actions.save }).click();
  await page.getByRole('button', { name: values.enter }).first().click();
  await page.getByRole('textbox', { name: values.count }).fill('12');
  await page.getByRole('textbox', { name: values.evidence }).fill('Отчёт за I квартал');
  await page.getByRole('button', { name: words.shared.actions.save }).click();
  await expect(page.getByText(/12: Отчёт за I квартал/)).toBeVisible();
  await page.getByRole('button', { name: indicator.sign.correct }).click();
  await page.getByRole('textbox', { name: values.count }).fill('14');
  await page.getByRole('textbox', { name: values.evidence }).fill('Сборник');
  await page.getByRole('textbox', { name: indicator.sign.reason }).fill('Не учли сборник');
  await page.getByRole('button', { name: words.shared.actions.save }).click();
  await expect(page.getByText(/14: Сборник/)).toBeVisible();
  await expect(page.getByText(/12: Отчёт за I квартал/)).toBeVisible();
  await expectAccessible(page, 'entered values');

  await page.goto('/indicators');
  await expect(page.getByRole('link', { name: '14', exact: true })).toBeVisible();
});
