import type { Page } from '@playwright/test';
import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { expect, test } from '../harness/test';
import { chooser, field, pickFrom } from '../pages/forms';
import { filled, words } from '../pages/words';

const { event, invitee, letter, notice, registration, shared } = words;
const run = Date.now().toString(36);

interface Me {
  readonly person: { readonly familyName: string; readonly givenName: string; readonly patronymic: string };
}

/** The local calendar day so many days from today, 2026-11-24. */
function dayAhead(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(day);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await chooser(page, label).last().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** How the person's own registration stands on the page. */
function state(page: Page, name: keyof typeof registration.states) {
  return page.getByRole('status').filter({ hasText: registration.states[name] });
}

test('one seat, three who want it: the second moves up when the first leaves, and every letter is seen', async ({
  open,
  api,
}) => {
  test.setTimeout(180_000);
  const title = `Семинар ${run}`;
  const question = 'О чём хотите спросить?';
  const host = await open('methodist');

  await test.step('the organiser plans a public meeting with a question and one seat', async () => {
    await host.goto('/meetings/new');
    await choose(host, event.form.kind, shared.eventKinds.training);
    await field(host, event.form.title).fill(title);
    await field(host, event.form.day).fill(dayAhead(3));
    await field(host, event.form.time).fill('15:00');
    await host.getByRole('radio', { name: event.form.audiences.public }).check();
    await host.getByRole('checkbox', { name: event.registration.asked }).check();
    await field(host, event.registration.seats).fill('1');
    await host.getByRole('button', { name: event.registration.add }).click();
    await host.getByRole('textbox', { name: filled(event.registration.question, { number: 1 }) }).fill(question);
    await host.getByRole('checkbox', { name: event.registration.required }).check();
    await expectAccessible(host, 'the form of a meeting with registration');
    await host.getByRole('button', { name: event.plan, exact: true }).click();
    await expect(host.getByRole('heading', { level: 1, name: title })).toBeVisible();
  });
  const page = new URL(host.url()).pathname;
  const publicLink = await host.getByLabel(registration.publicLink).inputValue();

  await test.step('a teacher is invited and sees it at home', async () => {
    const asTeacher = await api('teacher');
    const me = await asTeacher.json<Me>(asTeacher.get('/api/me'));
    // Whole: the city has namesakes.
    const name = `${me.person.familyName} ${me.person.givenName} ${me.person.patronymic}`;
    await host.getByRole('link', { name: event.inviteesPage, exact: true }).click();
    await pickFrom(host, chooser(host, shared.pick.people), name, new RegExp(name));
    await host.keyboard.press('Escape');
    await expect(host.getByText(/^Приглашение получит/)).toBeVisible();
    await host.getByRole('button', { name: invitee.invite }).click();
    await expect(host.getByRole('table', { name: invitee.list }).getByText(new RegExp(name))).toBeVisible();
    await expectAccessible(host, 'the invited people');
  });

  const teacher = await open('teacher');
  await test.step('the teacher registers and has the seat', async () => {
    await teacher.goto('/');
    const told = teacher.getByRole('article', { name: `${notice.kinds.invited}: ${title}` });
    await told.getByRole('link', { name: notice.register }).click();
    await teacher.getByRole('button', { name: registration.register }).click();
    await field(teacher, question).fill('Оценивание');
    await teacher.getByRole('button', { name: registration.register }).click();
    await expect(state(teacher, 'confirmed')).toBeVisible();
    await expectAccessible(teacher, 'the page of a meeting with registration');
  });

  const second = await open('teacher2', { context: phone });
  await test.step('the second one waits, on a phone', async () => {
    await second.goto(page);
    await second.getByRole('button', { name: registration.toWaitingList }).click();
    await field(second, question).fill('=1+1');
    await second.getByRole('button', { name: registration.toWaitingList }).click();
    await expect(state(second, 'waiting')).toBeVisible();
    await expectAccessible(second, 'the waiting list on a phone');
  });

  const guest = await open('anonymous', { context: phone });
  await test.step('a guest gives name, address and consent, and gets a letter', async () => {
    await guest.goto(new URL(publicLink).pathname);
    await guest.getByRole('button', { name: registration.register }).click();
    await expect(guest.getByText(registration.guest.consentMissing)).toBeVisible();
    await field(guest, registration.guest.name).fill('Анна Гость');
    await field(guest, registration.guest.email).fill(`anna-${run}@home.example`);
    await field(guest, question).fill('<b>Можно?</b>');
    await guest.getByRole('checkbox', { name: registration.guest.consent }).check();
    await expectAccessible(guest, 'registering as a guest');
    await guest.getByRole('button', { name: registration.register }).click();
    await expect(guest.getByRole('status').filter({ hasText: registration.guest.sent })).toBeVisible();
  });

  await test.step('the first leaves, the second moves up and is told', async () => {
    await teacher.getByRole('button', { name: registration.withdraw.do }).click();
    await teacher.getByRole('dialog').getByRole('button', { name: registration.withdraw.do }).click();
    await expect(state(teacher, 'withdrawn')).toBeVisible();
    await second.goto('/');
    const told = second.getByRole('article', { name: `${notice.kinds.moved_up}: ${title}` });
    await expect(told).toBeVisible();
    await expectAccessible(second, 'the home page with notices');
    await told.getByRole('link', { name: notice.open }).click();
    await expect(state(second, 'confirmed')).toBeVisible();
  });

  await test.step('the organiser sees who registered and what they answered', async () => {
    await host.goto(`${page}/registrations`);
    const table = host.getByRole('table', { name: registration.list.title });
    await expect(table.getByText(`${question}: Оценивание`)).toBeVisible();
    await expect(table.getByText(`${question}: <b>Можно?</b>`)).toBeVisible();
    await expect(table.getByText(registration.list.states.waiting)).toHaveCount(1);
    await expectAccessible(host, 'the list of registrations');
    const saved = host.waitForEvent('download');
    await host.getByRole('link', { name: registration.list.save }).click();
    expect((await saved).suggestedFilename()).toBe('registrations.xlsx');
  });

  await test.step('the letters are seen, and the guest finds their way by theirs', async () => {
    await host.goto(`${page}/letters`);
    const table = host.getByRole('table', { name: letter.title });
    await expect(table.getByText(letter.fates.sent).first()).toBeVisible();
    await expectAccessible(host, 'the letters of a meeting');
    const row = table.getByRole('row').filter({ hasText: `anna-${run}@home.example` });
    await row.getByRole('button', { name: new RegExp(title) }).click();
    const link = host.getByRole('dialog').getByRole('link');
    const own = new URL((await link.getAttribute('href')) ?? '').pathname;
    await guest.goto(own);
    await expect(state(guest, 'waiting')).toBeVisible();
    await expectAccessible(guest, "a guest's own registration");
    await guest.getByRole('button', { name: registration.withdraw.do }).click();
    await guest.getByRole('dialog').getByRole('button', { name: registration.withdraw.do }).click();
    await expect(state(guest, 'withdrawn')).toBeVisible();
  });
});
