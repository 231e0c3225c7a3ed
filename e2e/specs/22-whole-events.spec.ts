import type { Page } from '@playwright/test';
import type { Meeting } from '../harness/api';
import { phone } from '../harness/browser';
import { Kafedra } from '../harness/kafedra';
import { expect, test, type Who } from '../harness/test';
import { AWAY } from '../harness/watch';
import { Call } from '../pages/call';
import { chooser, field } from '../pages/forms';
import { confirmHere, inviteKit, pairKit } from '../pages/kit';
import { PreJoin } from '../pages/pre-join';
import { filled, pattern, words } from '../pages/words';

const { association, certificate, event, minutes, shared } = words;
const { polls, questions, webinar } = words.room;

type Open = (who: Who, options?: { ownBrowser?: boolean; context?: typeof phone }) => Promise<Page>;

/** Plans what begins in ten minutes, from whichever page offers the form. */
async function plan(host: Page, title: string): Promise<Meeting> {
  const soon = new Date(Date.now() + 600_000);
  const moscow = (options: Intl.DateTimeFormatOptions, language: string) =>
    new Intl.DateTimeFormat(language, { timeZone: 'Europe/Moscow', ...options }).format(soon);
  await field(host, event.form.title).fill(title);
  await field(host, event.form.day).fill(moscow({}, 'en-CA'));
  await field(host, event.form.time).fill(moscow({ hour: '2-digit', minute: '2-digit' }, 'ru-RU'));
  await host.getByRole('radio', { name: event.form.audiences.city }).check();
  await host.getByRole('button', { name: event.plan, exact: true }).click();
  await expect(host.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const id = new URL(host.url()).pathname.split('/').at(-1) ?? '';
  const answer = await host.request.get(`/api/events/${id}`);
  return (await answer.json()) as Meeting;
}

/** Comes without a camera, as most do who listen. */
async function comeToListen(page: Page, meeting: Meeting): Promise<Call> {
  const door = await PreJoin.open(page, meeting);
  if (await door.camera('on').isVisible()) await door.camera('on').click();
  return door.enter();
}

async function askAndAnswer(host: Call, listener: Call): Promise<void> {
  await listener.control(questions.title).click();
  await listener.page.getByRole('textbox', { name: questions.placeholder }).fill('Где взять материалы?');
  await listener.page.getByRole('button', { name: questions.ask }).click();
  await host.control(pattern(questions.unread_one)).click();
  const asked = host.page.getByTestId('question');
  await asked.getByRole('button', { name: questions.write }).click();
  await host.page.getByRole('textbox', { name: questions.answer }).fill('На странице встречи.');
  await host.page.getByRole('button', { name: questions.answerSend }).click();
  await expect(listener.page.getByTestId('question')).toContainText('На странице встречи.');
}

/** Opens a poll that stays open. */
async function openPoll(host: Call): Promise<void> {
  const page = host.page;
  await host.control(polls.title).click();
  await page.getByRole('button', { name: polls.prepare }).click();
  const form = page.getByRole('dialog', { name: polls.form.new });
  await form.getByRole('textbox', { name: polls.form.text, exact: true }).fill('Повторим весной?');
  await form.getByRole('textbox', { name: filled(polls.form.option, { number: 1 }) }).fill('Да');
  await form.getByRole('textbox', { name: filled(polls.form.option, { number: 2 }) }).fill('Нет');
  await form.getByRole('button', { name: polls.form.open }).click();
}

async function answerPoll(page: Page): Promise<void> {
  const notice = page.getByTestId('poll-notice');
  const card = page.getByTestId('poll');
  await expect(notice.or(card).first()).toBeVisible();
  if (await notice.isVisible()) await notice.getByRole('button', { name: polls.answer }).click();
  await card.getByRole('radio', { name: 'Да', exact: true }).check();
  await card.getByRole('button', { name: polls.answer }).click();
  await expect(card).toContainText(polls.answeredSecretly);
}

/** From the rule to the public page that verifies one of them; `people` were there long enough, who organises it not among them. */
async function certify(host: Page, meeting: Meeting, title: string, people: number, open: Open): Promise<void> {
  await host.goto(`/meetings/${meeting.id}/certificates`);
  await host.getByLabel(certificate.rule.minShare).fill('1');
  const preview = host.getByRole('table', { name: certificate.preview.title });
  await expect(preview.getByText(certificate.qualifies, { exact: true })).toHaveCount(people);
  const issue = Object.entries(certificate).flatMap(([key, text]) => (key.startsWith('issue_') ? [pattern(text as string).source] : []));
  await host.getByRole('button', { name: new RegExp(`^(${issue.join('|')})$`) }).click();
  const issued = host.getByRole('table', { name: certificate.issued.title });
  const links = issued.getByRole('link', { name: certificate.verify.open });
  await expect(links).toHaveCount(people, { timeout: 30_000 });
  const address = (await links.first().getAttribute('href')) ?? '';
  const stranger = await open('anonymous', { context: phone });
  await stranger.goto(new URL(address).pathname);
  await expect(stranger.getByText(certificate.verify.valid)).toBeVisible();
  await expect(stranger.getByText(title)).toBeVisible();
}

interface Cast {
  readonly host: Who;
  readonly listeners: readonly [Who, Who, Who];
  /** Two who sit before the kit. */
  readonly before: readonly [Who, Who];
}

const casts: Readonly<Record<'meeting' | 'webinar', Cast>> = {
  meeting: { host: 'teacher2', listeners: ['teacher', 'director', 'methodist'], before: ['official', 'coordinator'] },
  webinar: { host: 'methodist', listeners: ['teacher', 'teacher2', 'director'], before: ['official', 'coordinator'] },
};

for (const kind of ['meeting', 'webinar'] as const) {
  const of = kind === 'meeting' ? 'of an association' : 'with a stage';
  test(`a whole ${kind} ${of}: from the plan to a verified certificate, with a kit, a poll, a question and a killed server`, async ({
    open: openAt,
    watch,
  }) => {
    test.setTimeout(360_000);
    watch.allow(AWAY);
    const server = await Kafedra.start({ name: `whole-${kind}` });
    const open: Open = (who, options) => openAt(who, { origin: server.url, ...options });
    const cast = casts[kind];
    const title = kind === 'meeting' ? 'Заседание о дробях' : 'Вебинар о дробях';
    try {
      const host = await open(cast.host, { ownBrowser: true });
      const meeting = await test.step('it is planned', async () => {
        if (kind === 'meeting') {
          await host.goto('/associations');
          await host.getByRole('link', { name: 'ГМО учителей физики' }).click();
          await host.getByRole('link', { name: association.year.add }).first().click();
        } else {
          await host.goto('/meetings/new');
          await chooser(host, event.form.kind).last().click();
          await host.getByRole('option', { name: shared.eventKinds.webinar, exact: true }).click();
        }
        return plan(host, title);
      });

      const screen = await open('anonymous');
      await test.step('a kit is paired and invited', async () => {
        const coordinator = await open('coordinator');
        await pairKit(coordinator, screen);
        await coordinator.close();
        await inviteKit(host, meeting);
      });

      const hostCall = await (await PreJoin.open(host, meeting)).enter();
      if (kind === 'webinar') await host.getByRole('button', { name: webinar.goLive }).click();
      const calls: Call[] = [];
      await test.step('three people and the kit come', async () => {
        for (const who of cast.listeners) calls.push(await comeToListen(await open(who), meeting));
        await screen.getByTestId('kit-join').click();
        await new Call(screen).expectConnected();
        for (const who of cast.before) {
          const person = await open(who, { context: phone });
          await confirmHere(person, screen);
          await person.close();
        }
      });
      const [first, second, third] = calls as [Call, Call, Call];

      await test.step('a question is asked and answered, a poll is answered by one', async () => {
        await askAndAnswer(hostCall, first);
        await openPoll(hostCall);
        await answerPoll(second.page);
      });

      await test.step('the server is killed; everybody is back, and so are question and poll', async () => {
        // Long enough for a sign of life.
        await host.waitForTimeout(6_000);
        await server.stop('SIGKILL');
        await host.waitForTimeout(2_000);
        await server.startAgain();
        for (const call of [hostCall, ...calls, new Call(screen)]) await call.expectConnected(40_000);
        await answerPoll(third.page);
        const row = third.page.getByRole('table', { name: shared.poll.results }).getByRole('row', { name: /^Да/ });
        await expect(row).toContainText(filled(shared.poll.count, { count: 2, percent: 100 }));
        await host.waitForTimeout(6_000);
      });

      await test.step('it ends, and six people were there', async () => {
        await hostCall.endForAll();
        await expect(first.page.getByRole('heading', { name: words.room.over.ended.title })).toBeVisible();
        const answer = await host.request.get(`/api/events/${meeting.id}/presence`);
        const report = (await answer.json()) as { items: { mode: string }[] };
        expect(report.items.map(({ mode }) => mode).sort()).toEqual(['kit', 'kit', 'own', 'own', 'own', 'own']);
      });

      await test.step('certificates are issued, and anyone verifies one', () => certify(host, meeting, title, 5, open));

      if (kind === 'webinar') return;
      await test.step('the minutes name those who were there and are signed', async () => {
        await host.goto(`/meetings/${meeting.id}/minutes`);
        await expect(host.getByText(filled(minutes.attended.count_many, { count: 6 }))).toBeVisible();
        await field(host, minutes.number).fill('1');
        await field(host, minutes.secretary).fill('Зимина А. С.');
        await host.getByRole('button', { name: minutes.decision.add }).first().click();
        await field(host, filled(minutes.decision.text, { number: '1.1' })).fill('Показать урок о дробях');
        await host.getByRole('button', { name: minutes.sign.do }).click();
        await host.getByRole('dialog').getByRole('button', { name: minutes.sign.do }).click();
        await expect(host.getByText(minutes.states.signed, { exact: true })).toBeVisible();
      });
    } finally {
      await server.dispose();
    }
  });
}
