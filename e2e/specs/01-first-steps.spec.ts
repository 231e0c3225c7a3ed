import { DEMO_PASSWORD } from '../harness/sessions';
import { expect, test } from '../harness/test';
import { fillSignIn, giveConsent } from '../pages/sign-in';
import { PreJoin } from '../pages/pre-join';
import { pattern, words } from '../pages/words';

const { signIn, consent } = words.session;

test('a teacher signs in, reads the notice, agrees, and is at home', async ({ open }) => {
  const page = await open('anonymous');
  await fillSignIn(page, 'official', DEMO_PASSWORD);
  await expect(page.getByText(pattern(consent.version))).toBeVisible();
  await expect(page.getByRole('button', { name: words.shared.actions.continue })).toBeDisabled();
  await giveConsent(page);
  await expect(page.getByRole('heading', { level: 1, name: pattern(words.home.greeting) })).toBeVisible();
  await expect(page.getByRole('button', { name: words.home.start })).toBeVisible();

  await page.getByRole('button', { name: pattern(words.shared.frame.account) }).click();
  await page.getByRole('menuitem', { name: words.shared.actions.signOut }).click();
  await expect(page.getByRole('heading', { level: 1, name: signIn.title })).toBeVisible();

  await test.step('and is not asked for the consent again', async () => {
    await fillSignIn(page, 'official', DEMO_PASSWORD);
    await expect(page.getByRole('heading', { level: 1, name: pattern(words.home.greeting) })).toBeVisible();
  });
});

test('a wrong password is answered in plain words with a code for support', async ({ open }) => {
  const page = await open('anonymous');
  await fillSignIn(page, 'teacher', 'не тот пароль');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('sign_in.wrong');
  await expect(alert).toContainText(/[А-Яа-я]{3}/);
});

test('an address that needs an account comes back after signing in', async ({ open }) => {
  const page = await open('anonymous');
  await page.goto('/profile');
  await expect(page.getByRole('heading', { level: 1, name: signIn.title })).toBeVisible();
  await page.getByLabel(signIn.login).fill('official');
  await page.getByLabel(signIn.password, { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: signIn.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/profile$/);
});

test('the language is switched for the page and for the words of the server', async ({ open }) => {
  const page = await open('anonymous');
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await page.getByRole('button', { name: words.shared.frame.language }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('textbox', { name: /log/i }).first().fill('teacher');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('sign_in.wrong');
  await expect(page.getByRole('alert')).not.toContainText(/[А-Яа-я]/);

  await test.step('and stays so after a reload', async () => {
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('the theme is switched and stays so after a reload', async ({ open }) => {
  const page = await open('anonymous', { theme: 'light' });
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: words.shared.frame.theme.dark }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect.poll(ground).not.toBe(light);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('help and a way to report a problem stand on every page', async ({ open, api }) => {
  const page = await open('anonymous');
  await page.goto('/sign-in');
  await page.getByRole('button', { name: words.shared.frame.help }).click();
  await page.getByRole('menuitem', { name: words.shared.frame.report }).click();
  const dialog = page.getByRole('dialog', { name: words.shared.report.title });
  const text = `Кнопка не нажимается ${Date.now()}`;
  await dialog.getByLabel(words.shared.report.what).fill(text);
  await dialog.getByRole('button', { name: words.shared.report.send }).click();
  await expect(dialog.getByText(words.shared.report.sent)).toBeVisible();

  const admin = await api('admin');
  const reports = await admin.json<{ items: { text: string; page: string }[] }>(admin.get('/api/problem-reports'));
  expect(reports.items.find((report) => report.text === text)?.page).toContain('/sign-in');
});

test('who withdraws the consent is asked for it at the door of a room, and comes in after agreeing', async ({ open, api }) => {
  const meeting = await (await api('methodist')).startMeeting('Согласие');
  const page = await open('director');
  const door = await PreJoin.open(page, meeting);
  const other = await page.context().newPage();
  const { privacyPage } = words.help;
  await other.goto('/privacy');
  await other.getByRole('button', { name: privacyPage.withdraw.button }).click();
  await expect(other.getByRole('dialog')).toContainText(privacyPage.withdraw.follows);
  await other.getByRole('dialog').getByRole('button', { name: privacyPage.withdraw.confirm, exact: true }).click();
  await expect(other.getByText(privacyPage.withdraw.done)).toBeVisible();

  await door.button.click();
  await page.waitForURL(/\/consent\?next=/);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: words.shared.actions.continue }).click();
  await door.enter();
});
