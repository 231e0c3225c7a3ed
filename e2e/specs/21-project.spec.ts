import { expectAccessible } from '../harness/axe';
import { narrow } from '../harness/browser';
import { expect, test } from '../harness/test';
import { field } from '../pages/forms';
import { filled, words } from '../pages/words';

const { project } = words;

/** The last quarter of the founding passport; the demo has signed those before. */
const last = { quarter: 4, year: 2017 };

test('the administrator moves a checkpoint, and the Commission accepts the change', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/project/schedule');
  const bar = page.getByRole('button', { name: /^2\.1 .*: май 2017 – июль 2017$/ });
  await expect(bar).toBeVisible();
  await expectAccessible(page, 'the schedule');

  // By the keyboard: one month later.
  await bar.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: /^2\.1 .*: июнь 2017 – август 2017$/ })).toBeVisible();
  // By the pointer: back, and its end a month further.
  const moved = page.getByRole('button', { name: /^2\.1 .*: июнь 2017 – август 2017$/ });
  const box = await moved.boundingBox();
  if (!box) throw new Error('the bar has no box');
  const month = box.width / 3;
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4 + month, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: /^2\.1 .*: июнь 2017 – сентябрь 2017$/ })).toBeVisible();

  await field(page, project.save.title).fill('Срок закупки');
  await field(page, project.save.reason).fill('Торги объявлены позже');
  await page.getByRole('button', { name: project.save.makeRequest }).click();
  await expect(page.getByRole('heading', { name: /Срок закупки/ })).toBeVisible();
  const changes = page.getByRole('table', { name: project.changes.list });
  await expect(changes.getByRole('row', { name: /2\.1 › Конец 2017-07 2017-09/ })).toBeVisible();
  await page.getByRole('button', { name: project.requests.submit }).click();

  await page.getByRole('link', { name: project.sections.changes }).first().click();
  await page.getByRole('button', { name: project.decision.add }).click();
  await page.getByLabel(project.decision.kind).selectOption('acceptChange');
  await field(page, project.decision.minutesNumber).fill('2');
  await field(page, project.decision.item).fill('1');
  await field(page, project.decision.wording).fill('Перенести срок закупки');
  await field(page, project.decision.assignee).fill('Директор методического центра');
  await page.getByRole('button', { name: project.decision.save, exact: true }).click();
  await expect(page.getByText(filled(project.versions.one, { version: 2, cause: project.versions.causes.changed }))).toBeVisible();
  await page.goto('/project/schedule');
  await expect(page.getByRole('button', { name: /^2\.1 .*: июнь 2017 – сентябрь 2017$/ })).toBeVisible();
});

test('a checkpoint is reached by what proves it, and the check lists its findings', async ({ open }) => {
  const page = await open('methodist');
  await page.goto('/project/schedule');
  await page.getByRole('button', { name: '3.4 День учителя', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radiogroup').getByText(project.evidence.kinds.text, { exact: true }).click();
  await dialog.getByLabel(project.evidence.text).fill('Снимки из актового зала');
  await dialog.getByRole('button', { name: project.evidence.add }).click();
  await expect(dialog.getByText('Снимки из актового зала').first()).toBeVisible();
  await dialog.getByLabel(project.reached.day).fill('2017-10-06');
  await dialog.getByRole('button', { name: project.reached.save }).click();
  await expect(dialog.getByText(project.lights.checkpoint.green)).toBeVisible();

  await page.goto('/project/check');
  const title = page.getByRole('article').filter({ hasText: 'В названии показателя 1 стоит 100%' });
  await expect(title).toContainText(project.check.severities.error);
  await expectAccessible(page, 'the check');
});

test('a fact is entered with its evidence, signed off, and corrected as a revision', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/project/figures');
  await page.getByRole('button', { name: filled(project.figures.enterFor, { indicator: 1, ...last }) }).click();
  await field(page, project.figures.valuePercent).fill('88,5');
  await page.getByLabel(project.figures.evidence, { exact: true }).fill('Отчёт центра № 5');
  const confirm = page.getByRole('button', { name: project.figures.save });
  await expect(confirm).toBeDisabled();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: project.evidence.upload }).click();
  await (await chooser).setFiles({ name: 'отчёт.txt', mimeType: 'text/plain', buffer: Buffer.from('88,5 %') });
  await expect(page.getByRole('dialog').getByRole('link', { name: 'отчёт.txt' })).toBeVisible();
  await confirm.click();
  const row = page.getByRole('row', { name: /^4 квартал 2017 года 88 % 88,5 %/ });
  await expect(row).toContainText(project.lights.indicator.green);
  await expect(row).toContainText('Отчёт центра № 5');
  await expect(row.getByRole('link', { name: 'отчёт.txt' })).toHaveAttribute('href', /\/api\/project\/evidence\/.+\/file/);

  // Beside the figures: why, and what is done about it.
  await page.getByLabel(project.remarks.period).selectOption({ label: filled(project.figures.quarterOf, last) });
  const first = page.getByRole('article', { name: /^1\. / });
  await first.getByRole('button').click();
  await page.getByLabel(project.remarks.cause).fill('Курсы перенесены на осень');
  await page.getByRole('button', { name: project.remarks.save }).click();
  await expect(first).toContainText('Курсы перенесены на осень');

  // Signed, it is frozen.
  const period = page.locator('main .mantine-Paper-root').filter({ hasText: '4 квартал 2017' }).filter({ hasText: project.periods.toSign });
  await period.getByRole('button', { name: project.periods.sign, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: project.periods.sign }).click();
  await expect(page.getByText(filled(project.periods.signed, { revision: 1 }))).toHaveCount(3);
  await page.getByRole('button', { name: filled(project.figures.correctFor, { indicator: 1, ...last }) }).click();
  await field(page, project.figures.valuePercent).fill('88,7');
  const save = page.getByRole('button', { name: project.figures.save });
  await expect(save).toBeDisabled();
  await page.getByLabel(project.correction.reason).fill('Ошибка в отчёте');
  await save.click();
  await expect(page.getByText(filled(project.periods.signed, { revision: 2 }))).toBeVisible();
  await expect(page.getByText(/^Редакция 2: .* Ошибка в отчёте$/)).toBeVisible();
  // A fading notice has no contrast.
  await page.mouse.move(0, 0);
  await expect(page.getByText(project.figures.saved)).toHaveCount(0);
  await expectAccessible(page, 'plan and fact');
});

test('everyone signed in reads the project, also on the narrowest screen, and changes nothing', async ({ open }) => {
  const page = await open('teacher', { context: narrow });
  for (const path of ['/project', '/project/passport', '/project/schedule', '/project/figures', '/project/budget', '/project/risks', '/project/changes']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('Интегрированная коммуникационная платформа ВКС', { exact: false }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    await expectAccessible(page, path);
  }
  await expect(page.getByRole('button', { name: project.decision.add })).toHaveCount(0);
});
