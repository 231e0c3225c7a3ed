import { expect, test } from '../harness/test';
import { expectAccessible } from '../harness/axe';
import { joinCall } from '../pages/pre-join';
import { filled, pattern, words } from '../pages/words';

const { questions, polls } = words.room;
const { poll: chart } = words.shared;

test('a question is asked, wanted and answered; a poll is opened, answered and charted; a vote reaches the minutes', async ({ open, api }) => {
  test.setTimeout(180_000);
  const meeting = await (await api('methodist')).startMeeting('Заседание с вопросами');
  const [host, listener] = [await open('methodist'), await open('teacher')];
  const hostCall = await joinCall(host, meeting);
  const listenerCall = await joinCall(listener, meeting);

  await test.step('a question goes up by a vote and is answered in writing', async () => {
    await listenerCall.control(questions.title).click();
    await listener.getByRole('textbox', { name: questions.placeholder }).fill('Когда сдавать отчёт?');
    await listener.getByRole('button', { name: questions.ask }).click();
    await hostCall.control(pattern(questions.unread_one)).click();
    const asked = host.getByTestId('question');
    await expect(asked).toContainText('Когда сдавать отчёт?');
    await asked.getByRole('button', { name: filled(questions.want_many, { count: 0 }) }).click();
    await expect(asked.getByRole('button', { pressed: true })).toHaveText('1');
    await expect(listener.getByTestId('question')).toContainText(filled(questions.votes_one, { count: 1 }));
    await asked.getByRole('button', { name: questions.now }).click();
    await expect(listener.getByTestId('question')).toContainText(questions.state.now);
    await asked.getByRole('button', { name: questions.write }).click();
    await host.getByRole('textbox', { name: questions.answer }).fill('До пятницы.');
    await host.getByRole('button', { name: questions.answerSend }).click();
    await expect(listener.getByTestId('question')).toContainText('До пятницы.');
    await expectAccessible(host, 'the panel');
  });

  await test.step('a poll is opened, answered and drawn with its numbers', async () => {
    await hostCall.control(polls.title).click();
    await host.getByRole('button', { name: polls.prepare }).click();
    const form = host.getByRole('dialog', { name: polls.form.new });
    await form.getByRole('textbox', { name: polls.form.text, exact: true }).fill('Где встретимся?');
    await form.getByRole('textbox', { name: filled(polls.form.option, { number: 1 }) }).fill('В школе');
    await form.getByRole('textbox', { name: filled(polls.form.option, { number: 2 }) }).fill('Здесь же');
    await expectAccessible(host, 'the panel');
    await form.getByRole('button', { name: polls.form.open }).click();
    const notice = listener.getByTestId('poll-notice');
    await expect(notice).toContainText('Где встретимся?');
    await notice.getByRole('button', { name: polls.answer }).click();
    const card = listener.getByTestId('poll');
    await card.getByRole('radio', { name: 'Здесь же' }).check();
    await card.getByRole('button', { name: polls.answer }).click();
    const row = (page: typeof host) => page.getByRole('table', { name: chart.results }).getByRole('row', { name: /Здесь же/ });
    await expect(row(listener)).toContainText(filled(chart.count, { count: 1, percent: 100 }));
    await expect(listener.getByTestId('poll')).toContainText(polls.answeredSecretly);
    await expectAccessible(listener, 'the chart');
    await listener.reload();
    await listenerCall.expectConnected();
    await expect(row(listener)).toContainText(filled(chart.count, { count: 1, percent: 100 }));
    await expect(listener.getByTestId('poll')).toContainText(polls.answeredSecretly);
  });

  await test.step('a formal vote is counted after its end only', async () => {
    await host.getByRole('button', { name: polls.prepare }).click();
    const form = host.getByRole('dialog', { name: polls.form.new });
    await form.getByRole('combobox', { name: polls.form.kind }).selectOption('vote');
    await form.getByRole('textbox', { name: polls.form.wording }).fill('Утвердить план работы');
    await form.getByRole('radio', { name: polls.form.admitted }).check();
    await form.getByRole('button', { name: polls.form.open }).click();
    for (const page of [host, listener]) {
      const card = page.getByTestId('poll').filter({ hasText: 'Утвердить план работы' });
      await card.getByRole('radio', { name: chart.for }).check();
      await card.getByRole('button', { name: polls.vote }).click();
      await expect(card).toContainText(polls.answeredSecretly);
      await expect(card.getByRole('table')).toHaveCount(0);
    }
    const card = host.getByTestId('poll').filter({ hasText: 'Утвердить план работы' });
    await card.getByRole('button', { name: polls.close }).click();
    await card.getByRole('button', { name: polls.closeYes }).click();
    const seen = listener.getByTestId('poll').filter({ hasText: 'Утвердить план работы' });
    await expect(seen).toContainText(polls.carried);
    await expect(seen.getByRole('row', { name: new RegExp(`^${chart.for}`) })).toContainText('2');
  });

  await test.step('after the meeting its page shows the results, and its minutes begin with them', async () => {
    await hostCall.endForAll();
    await host.goto(`/meetings/${meeting.id}`);
    await expect(host.getByTestId('poll-outcome')).toHaveCount(2);
    await expect(host.getByRole('region', { name: words.event.asked.questions })).toContainText('До пятницы.');
    await expectAccessible(host, 'the panel');
    await host.goto(`/meetings/${meeting.id}/minutes`);
    const written = () => host.locator('textarea').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value).join('\n'));
    await expect.poll(written).toContain('Голосовали тайно: за — 2, против — 0, воздержались — 0');
  });
});
