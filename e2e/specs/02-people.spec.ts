import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../harness/axe';
import { expect, test } from '../harness/test';
import { chooser, field, linkShown, pickFrom, pickInstitution } from '../pages/forms';
import { fillSignIn } from '../pages/sign-in';
import { filled, pattern, words } from '../pages/words';

const { institution, invitation, me, person, position, shared } = words;
const PASSWORD = 'Длинный-пароль-2026';
/** Names of this run: the data of the run before may still be there when one works on a scenario. */
const run = Date.now().toString(36);

interface Found {
  readonly items: readonly { readonly id: string; readonly name: string; readonly shortName: string }[];
}

async function expectHome(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: pattern(words.home.greeting) })).toBeVisible();
}

test('an administrator adds an institution, a person who works there, and a role', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/institutions/new');
  await page.getByLabel(institution.form.name).fill(`МБОУ «Школа ${run}»`);
  await page.getByLabel(institution.form.shortName).fill(`Школа ${run}`);
  await page.getByRole('button', { name: institution.add }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Школа ${run}` })).toBeVisible();

  await test.step('and a building of it, which each of the two names', async () => {
    await page.goto('/institutions/new');
    await page.getByLabel(institution.form.name).fill(`МБОУ «Школа ${run}», корпус 2`);
    await page.getByLabel(institution.form.shortName).fill(`Корпус ${run}`);
    await pickFrom(page, chooser(page, institution.form.buildingOf), `Школа ${run}`, `Школа ${run}`);
    await page.getByRole('button', { name: institution.add }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Корпус ${run}` })).toBeVisible();
    await page.getByRole('link', { name: `Школа ${run}`, exact: true }).click();
    await expect(page.getByRole('link', { name: `Корпус ${run}` })).toBeVisible();
  });

  await page.goto('/people/new');
  await page.getByLabel(person.form.familyName).fill(`Ильина-${run}`);
  await page.getByLabel(person.form.givenName).fill('Мария');
  await page.getByLabel(person.form.patronymic).fill('Олеговна');
  await pickInstitution(page, `Школа ${run}`);
  await pickFrom(page, chooser(page, person.columns.position), 'Учитель', /^Учитель/);
  await page.getByRole('button', { name: person.addDo, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Ильина-${run} Мария Олеговна` })).toBeVisible();
  await expect(page.getByText(person.employments.main)).toBeVisible();

  await test.step('and makes her the coordinator of that institution', async () => {
    await page.getByRole('button', { name: person.roles.give }).click();
    await pickInstitution(page, `Школа ${run}`);
    await page.getByRole('button', { name: person.roles.give }).click();
    await expect(page.getByRole('region', { name: person.roles.title }).getByText(shared.roles.coordinator)).toBeVisible();
  });
  await test.step('the register finds her by her name', async () => {
    await page.goto('/people');
    await page.getByRole('searchbox').or(page.getByLabel(person.search)).first().fill(`Ильина-${run}`);
    await expect(page.getByRole('table').getByText(`Ильина-${run} Мария Олеговна`)).toBeVisible();
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2);
  });
  await test.step('and the log of access names who looked', async () => {
    await page.getByRole('link', { name: `Ильина-${run} Мария Олеговна` }).click();
    await page.getByRole('link', { name: person.whoLooked }).click();
    await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  });
});

test('a new person accepts an invitation by link and is at home', async ({ open, api, watch }) => {
  // React reports the refusal of the used link, which the page shows in words.
  watch.allow(/ApiError/);
  const register = await api('admin');
  const schools = await register.json<Found>(register.get('/api/institutions?perPage=1'));
  const admin = await open('admin');
  await admin.goto('/invitations');
  await pickInstitution(admin, schools.items[0]?.shortName ?? '');
  await admin.getByRole('button', { name: invitation.link.do }).click();
  const link = await linkShown(admin, invitation.link.ready);

  const newcomer = await open('anonymous');
  await newcomer.goto(new URL(link).pathname);
  await newcomer.getByLabel(invitation.accept.familyName).fill('Новикова');
  await newcomer.getByLabel(invitation.accept.givenName).fill('Анна');
  await pickFrom(newcomer, chooser(newcomer, invitation.accept.position), 'Учитель', /^Учитель/);
  await newcomer.getByLabel(invitation.accept.login).fill(`novikova-${run}`);
  await field(newcomer, invitation.accept.password).fill('123');
  await newcomer.getByRole('checkbox', { name: invitation.accept.agree }).check();
  await newcomer.getByRole('button', { name: invitation.accept.link.do }).click();
  await test.step('a password that is too short is named at its field', async () => {
    await expect(field(newcomer, invitation.accept.password)).toHaveAttribute('aria-invalid', 'true');
  });
  await field(newcomer, invitation.accept.password).fill(PASSWORD);
  await newcomer.getByRole('button', { name: invitation.accept.link.do }).click();
  await expectHome(newcomer);

  await test.step('the link counts its uses, and no longer works once it is revoked', async () => {
    await admin.reload();
    await expect(admin.getByText(filled(invitation.list.uses, { uses: 1, maxUses: 30 }))).toBeVisible();
    await admin.getByRole('button', { name: invitation.list.revoke }).first().click();
    await admin.getByRole('dialog').getByRole('button', { name: invitation.list.revoke }).click();
    await expect(admin.getByText(filled(invitation.list.uses, { uses: 1, maxUses: 30 }))).toHaveCount(0);
    const late = await open('anonymous');
    await late.goto(new URL(link).pathname);
    await expect(late.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(late.getByRole('button', { name: invitation.accept.link.do })).toHaveCount(0);
  });
});

test('a coordinator prints slips, and a teacher without e-mail enters by the code of one', async ({ open }) => {
  const coordinator = await open('coordinator');
  await coordinator.goto('/invitations/slips');
  await coordinator.getByRole('button', { name: invitation.slips.none }).click();
  const first = coordinator.getByRole('checkbox').first();
  await first.check();
  await coordinator.getByRole('button', { name: invitation.slips.do }).click();
  const slip = coordinator.getByRole('article');
  await expect(slip).toHaveCount(1);
  await expect(coordinator.getByText(invitation.slips.once)).toBeVisible();
  const code = /[A-ZА-Я0-9]{3,5}(-[A-ZА-Я0-9]{3,5})+/.exec((await slip.textContent()) ?? '')?.[0];
  if (!code) throw new Error('the slip carries no code');

  const teacher = await open('anonymous');
  await teacher.goto('/slip');
  await field(teacher, invitation.redeem.code).fill(code.toLowerCase());
  await teacher.getByRole('button', { name: shared.actions.continue }).click();
  await field(teacher, invitation.accept.password).fill(PASSWORD);
  await teacher.getByRole('checkbox', { name: invitation.accept.agree }).check();
  await teacher.getByRole('button', { name: invitation.accept.slip.do }).click();
  await expectHome(teacher);

  await test.step('the code works once', async () => {
    const second = await open('anonymous');
    await second.goto('/slip');
    await field(second, invitation.redeem.code).fill(code);
    await second.getByRole('button', { name: shared.actions.continue }).click();
    await expect(second.getByRole('alert')).toBeVisible();
  });
});

test('a forgotten password is set anew by a link that the administrator hands over', async ({ open, api }) => {
  const admin = await api('admin');
  const schools = await admin.json<Found>(admin.get('/api/institutions?perPage=1'));
  const positions = await admin.json<{ items: { code: string }[] }>(admin.get('/api/positions'));
  const invited = await admin.json<{ url: string }>(
    admin.send('POST', '/api/invitations', {
      institutionId: schools.items[0]?.id,
      positionCode: positions.items[0]?.code,
      maxUses: 1,
      expiresInDays: 3,
    }),
  );
  const token = invited.url.split('/').at(-1) ?? '';
  const visitor = await api('anonymous');
  const { version } = await visitor.json<{ version: string }>(visitor.get('/api/consent-text'));
  const login = `forgetful-${run}`;
  const created = await visitor.json<{ person: { id: string } }>(
    visitor.send('POST', `/api/invitations/by-token/${token}/accept`, {
      login,
      password: PASSWORD,
      familyName: 'Забывчивая',
      givenName: 'Вера',
      consentVersion: version,
    }),
  );

  const page = await open('admin');
  await page.goto(`/people/${created.person.id}`);
  await page.getByRole('button', { name: person.reset.do }).click();
  const link = await linkShown(page, person.reset.link);

  const owner = await open('anonymous');
  await owner.goto(new URL(link).pathname);
  await expect(owner.getByRole('heading', { level: 1, name: invitation.accept.reset.title })).toBeVisible();
  await field(owner, invitation.accept.password).fill(`${PASSWORD}-новый`);
  const agree = owner.getByRole('checkbox', { name: invitation.accept.agree });
  if (await agree.isVisible()) await agree.check();
  await owner.getByRole('button', { name: invitation.accept.reset.do }).click();
  await expectHome(owner);

  const old = await open('anonymous');
  await fillSignIn(old, login, PASSWORD);
  await expect(old.getByRole('alert')).toContainText('sign_in.wrong');
  await fillSignIn(old, login, `${PASSWORD}-новый`);
  await expectHome(old);
});

test('a teacher sees no registers, and changes the own password', async ({ open, api }) => {
  const admin = await api('admin');
  const schools = await admin.json<Found>(admin.get('/api/institutions?perPage=1'));
  const positions = await admin.json<{ items: { code: string }[] }>(admin.get('/api/positions'));
  const invited = await admin.json<{ url: string }>(
    admin.send('POST', '/api/invitations', {
      institutionId: schools.items[0]?.id,
      positionCode: positions.items[0]?.code,
      maxUses: 1,
      expiresInDays: 3,
    }),
  );
  const page = await open('anonymous');
  await page.goto(`/i/${invited.url.split('/').at(-1)}`);
  await page.getByLabel(invitation.accept.familyName).fill('Сменова');
  await page.getByLabel(invitation.accept.givenName).fill('Анна');
  await page.getByLabel(invitation.accept.login).fill(`smenova-${run}`);
  await field(page, invitation.accept.password).fill(PASSWORD);
  await page.getByRole('checkbox', { name: invitation.accept.agree }).check();
  await page.getByRole('button', { name: invitation.accept.link.do }).click();
  await expectHome(page);
  await expect(page.getByRole('link', { name: shared.nav.people })).toHaveCount(0);
  await page.goto('/access-log');
  await expect(page.getByRole('alert')).toContainText('forbidden');

  await page.goto('/profile');
  await field(page, me.password.current).fill(PASSWORD);
  await field(page, me.password.next).fill(`${PASSWORD}-2`);
  const again = field(page, me.password.again);
  if (await again.isVisible()) await again.fill(`${PASSWORD}-2`);
  await page.getByRole('button', { name: me.password.do }).click();
  await expect(page.getByText(me.password.done)).toBeVisible();
});

test('the register is ordered by its heads, and saved with the same filters', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/people');
  const table = page.getByRole('table', { name: words.person.title });
  const head = (name: string) => table.getByRole('columnheader', { name });
  await expect(head(words.person.columns.name)).toHaveAttribute('aria-sort', 'ascending');
  const first = async () => (await table.getByRole('row').nth(1).textContent()) ?? '';
  await expect.poll(first).not.toBe('');
  const byName = await first();

  await head(words.person.columns.name).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect.poll(first).not.toBe(byName);
  await page.goto('/people?sort=institution');
  await expect(head(words.person.columns.institution)).toHaveAttribute('aria-sort', 'ascending');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: words.shared.table.export }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`${words.person.title}.csv`);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines.length, 'the whole city, not one page').toBeGreaterThan(1_000);
});

test('an administrator adds a position to the dictionary, and a category to a card', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/positions');
  await page.getByRole('button', { name: position.add }).click();
  await page.getByRole('textbox', { name: position.nameRu, exact: true }).fill(`Тьютор ${run}`);
  await page.getByRole('textbox', { name: position.code, exact: true }).fill(`tutor-${run}`);
  await page.getByLabel(position.until).fill('2020-12-31');
  await page.getByRole('button', { name: shared.actions.save }).click();
  await expect(page.getByText(`Тьютор ${run}`)).toBeVisible();
  await expectAccessible(page, 'the dictionary of positions');
  // It is over: nobody is given it any more.
  await page.goto('/people/new');
  await chooser(page, person.columns.position).fill('Тьютор');
  await expect(page.getByRole('option', { name: `Тьютор ${run}` })).toHaveCount(0);

  await page.goto('/people');
  await page.getByRole('table').getByRole('link').first().click();
  const card = page.getByRole('region', { name: person.categories.title });
  await card.getByRole('button', { name: person.categories.add }).click();
  await card.getByLabel(person.categories.category).selectOption({ label: person.categories.kinds.highest });
  await card.getByLabel(person.categories.from).fill('2020-02-29');
  await expectAccessible(page, 'a category on a card');
  await card.getByRole('button', { name: shared.actions.save }).click();
  await expect(card.getByText(new RegExp(person.categories.kinds.highest))).toBeVisible();
});
