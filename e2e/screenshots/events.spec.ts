import type { Api, Meeting } from '../harness/api';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { expectMovingPicture } from '../media/picture';
import { portraits, sitForPortrait } from '../media/portrait';
import { seatOf } from '../pages/call';
import { joinCall } from '../pages/pre-join';
import { filled, words } from '../pages/words';
import { picture } from './picture';

const { polls, questions } = words.room;

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** A master class with a programme and registration, an hour from now. */
async function planMasterClass(api: Api): Promise<Meeting> {
  const meeting = await api.json<Meeting>(
    api.send('POST', '/api/events', {
      title: 'Мастер-класс «Физика в кухонной посуде»',
      kind: 'master_class',
      audience: 'city',
      subject: 'Физика',
      description: 'Опыты, для которых не нужен кабинет физики. Возьмите кружку, соль и линейку.',
      startsAt: at(60),
      endsAt: at(150),
      registration: { seats: 30, deadline: null, approval: false, questions: [{ id: crypto.randomUUID(), kind: 'text', text: 'О чём хотите спросить?', options: [], required: false }] },
    }),
  );
  const items = [
    { kind: 'talk', title: 'Давление: опыты с кружкой', startsAt: at(60), minutes: 30 },
    { kind: 'discussion', title: 'Что показать на уроке завтра', startsAt: at(90), minutes: 30 },
  ];
  await api.json(api.send('PUT', `/api/events/${meeting.id}/programme`, { items }));
  return meeting;
}

test('planning, registration, the calendar, the indicators', async ({ open, api }) => {
  const event = await planMasterClass(await api('methodist'));
  for (const [name, who, path, options] of [
    ['calendar', 'methodist', '/calendar', {}],
    ['calendar-phone', 'teacher', '/calendar', { context: phone }],
    ['event', 'methodist', `/meetings/${event.id}`, {}],
    ['event-plan', 'methodist', '/meetings/new', {}],
    ['registration-phone', 'teacher', `/meetings/${event.id}`, { context: phone, theme: 'dark' }],
    ['indicators', 'official', '/indicators', {}],
    ['association', 'teacher2', '/associations', {}],
  ] as const) {
    const page = await open(who, options);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await picture(page, name);
    await page.context().close();
  }
});

test('questions, a poll, and what is left of a meeting', async ({ open, api }) => {
  test.setTimeout(180_000);
  const meeting = await (await api('methodist')).startMeeting('ГМО учителей физики: опыты');
  const host = await open('methodist');
  await sitForPortrait(host.context(), portraits.host);
  const hostCall = await joinCall(host, meeting);
  const mobile = await open('teacher', { context: phone });
  await sitForPortrait(mobile.context(), portraits.teacher);
  const mobileCall = await joinCall(mobile, meeting);
  const teacher = (await seatOf(mobile, meeting)).name;

  await mobileCall.more(questions.title);
  for (const text of ['Можно ли взять опыты для пятого класса?', 'Где найти материалы?']) {
    await mobile.getByRole('textbox', { name: questions.placeholder }).fill(text);
    await mobile.getByRole('button', { name: questions.ask }).click();
    await expect(mobile.getByTestId('question').filter({ hasText: text })).toBeVisible();
  }
  await mobileCall.closePanel();
  await hostCall.control(new RegExp(`^${questions.title}|^Вопрос`)).first().click();
  await expect(host.getByTestId('question')).toHaveCount(2);
  await expectMovingPicture(hostCall.tile(teacher).locator('video'));
  await picture(host, 'questions');

  await hostCall.control(polls.title).click();
  await host.getByRole('button', { name: polls.prepare }).click();
  const form = host.getByRole('dialog', { name: polls.form.new });
  await form.getByRole('textbox', { name: polls.form.text, exact: true }).fill('Когда соберёмся снова?');
  await form.getByRole('textbox', { name: filled(polls.form.option, { number: 1 }) }).fill('В каникулы');
  await form.getByRole('textbox', { name: filled(polls.form.option, { number: 2 }) }).fill('В начале четверти');
  await picture(host, 'poll-form');
  await form.getByRole('button', { name: polls.form.open }).click();
  await mobile.getByTestId('poll-notice').getByRole('button', { name: polls.answer }).click();
  await picture(mobile, 'poll-phone');
  const card = mobile.getByTestId('poll');
  await card.getByRole('radio', { name: 'В каникулы' }).check();
  await card.getByRole('button', { name: polls.answer }).click();
  await expect(mobile.getByRole('table', { name: words.shared.poll.results }).getByRole('row', { name: /каникулы/ })).toContainText('100');
  await picture(mobile, 'poll-results-phone');

  await hostCall.endForAll();
  for (const [name, path] of [
    ['presence', 'presence'],
    ['certificates', 'certificates'],
    ['minutes', 'minutes'],
  ] as const) {
    await host.goto(`/meetings/${meeting.id}/${path}`);
    await expect(host.getByRole('heading', { level: 1 })).toBeVisible();
    await host.waitForLoadState('networkidle').catch(() => undefined);
    await picture(host, name);
  }
});
