import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../harness/axe';
import { expect, test } from '../harness/test';
import { joinCall } from '../pages/pre-join';
import { filled, pattern, words } from '../pages/words';

const { certificate, event, minutes, portfolio, task } = words;

/** Where a link on the page leads, fetched as the person of this browser. */
async function download(place: Page | Locator, name: string): Promise<{ type: string; head: string }> {
  const page = 'page' in place ? place.page() : place;
  const href = await place.getByRole('link', { name, exact: true }).getAttribute('href');
  const answer = await page.request.get(href ?? '');
  expect(answer.ok(), `${answer.status()} from ${href}`).toBe(true);
  return { type: answer.headers()['content-type'] ?? '', head: (await answer.body()).subarray(0, 4).toString('latin1') };
}

test('from a held meeting to certificates and signed minutes', async ({ open, api }) => {
  test.setTimeout(180_000);
  const title = `Заседание с итогами ${Date.now()}`;
  const methodist = await api('methodist');
  const meeting = await methodist.startMeeting(title);
  const [host, teacher] = [await open('methodist'), await open('teacher')];

  await test.step('two people meet, and the host ends it for all', async () => {
    const hostCall = await joinCall(host, meeting);
    const teacherCall = await joinCall(teacher, meeting);
    await expect(teacherCall.stage.getByRole('article')).toHaveCount(2);
    await hostCall.endForAll();
    await expect(teacher.getByRole('heading', { name: words.room.over.ended.title })).toBeVisible();
  });

  await test.step('those who were there get certificates by one button', async () => {
    await host.goto(`/meetings/${meeting.id}`);
    await host.getByRole('link', { name: event.certificates }).click();
    await expect(host.getByRole('heading', { name: certificate.title, level: 1 })).toBeVisible();
    const share = host.getByLabel(certificate.rule.minShare);
    await share.fill('1');
    const preview = host.getByRole('table', { name: certificate.preview.title });
    await expect(preview.getByText(certificate.qualifies).first()).toBeVisible();
    await expectAccessible(host, 'the certificates of a meeting');
    const issue = Object.entries(certificate).flatMap(([key, text]) => (key.startsWith('issue_') ? [pattern(text as string).source] : []));
    await host.getByRole('button', { name: new RegExp(`^(${issue.join('|')})$`) }).click();
    const { progress } = certificate;
    await expect(host.getByText(pattern(progress.done_one)).or(host.getByText(pattern(progress.done_few)))).toBeVisible({ timeout: 30_000 });
    await expect(host.getByRole('table', { name: certificate.issued.title }).getByText(certificate.verify.open).first()).toBeVisible();
  });

  const issued = host.getByRole('table', { name: certificate.issued.title });
  const number = (await issued.getByText(/^\d{4}-\d{5}$/).first().textContent()) ?? '';
  await test.step('each of them, and all in one file, as PDF', async () => {
    const one = await download(issued, filled(certificate.issued.pdf, { number }));
    expect(one).toEqual({ type: 'application/pdf', head: '%PDF' });
    await host.getByRole('button', { name: certificate.bundle.make }).click();
    await expect(host.getByRole('link', { name: certificate.bundle.save })).toBeVisible({ timeout: 30_000 });
    await expectAccessible(host, 'certificates that were printed');
    const all = await download(host, certificate.bundle.save);
    expect(all.type).toBe('application/zip');
    expect(all.head.startsWith('PK')).toBe(true);
  });

  const address = (await issued.getByRole('link', { name: certificate.verify.open }).first().getAttribute('href')) ?? '';

  const stranger = await open('anonymous', { context: { viewport: { width: 390, height: 844 } } });
  await test.step('anyone verifies one by the address in its code', async () => {
    await stranger.goto(new URL(address).pathname);
    await expect(stranger.getByText(certificate.verify.valid)).toBeVisible();
    await expect(stranger.getByText(number)).toBeVisible();
    await expect(stranger.getByText(title)).toBeVisible();
    await expectAccessible(stranger, 'the public page of a certificate');
    expect(await download(stranger, certificate.verify.paper)).toEqual({ type: 'application/pdf', head: '%PDF' });
  });

  await test.step('a revoked one says so, and why', async () => {
    await issued.getByRole('button', { name: filled(certificate.revoke.of, { number }) }).click();
    const dialog = host.getByRole('dialog');
    await dialog.getByLabel(certificate.revoke.reason).fill('Выдан по ошибке');
    await dialog.getByRole('button', { name: certificate.revoke.do }).click();
    await expect(issued.getByText(certificate.revoked)).toBeVisible();
    await stranger.reload();
    await expect(stranger.getByText(pattern(certificate.verify.revoked))).toBeVisible();
    await expect(stranger.getByText(filled(certificate.verify.reason, { reason: 'Выдан по ошибке' }))).toBeVisible();
    await expect(stranger.getByRole('link', { name: certificate.verify.paper })).toHaveCount(0);
  });

  await test.step('minutes are prefilled, completed and signed', async () => {
    await host.goto(`/meetings/${meeting.id}`);
    await host.getByRole('link', { name: event.minutes }).click();
    await expect(host.getByText(minutes.prefilled)).toBeVisible();
    await host.getByLabel(minutes.number, { exact: true }).fill('1');
    await host.getByLabel(minutes.secretary, { exact: true }).fill('Зимина А. С.');
    await host.getByRole('button', { name: minutes.decision.add }).click();
    await host.getByLabel(filled(minutes.decision.text, { number: '1.1' }), { exact: true }).fill('Провести открытый урок');
    await host.getByLabel(filled(minutes.decision.due, { number: '1.1' }), { exact: true }).fill('2030-12-01');
    const me = await methodist.json<{ person: { familyName: string; givenName: string; patronymic: string } }>(teacher.request.get('/api/me'));
    const assignee = host.getByRole('combobox', { name: filled(minutes.decision.assignee, { number: '1.1' }), exact: true });
    await assignee.fill(`${me.person.familyName} ${me.person.givenName} ${me.person.patronymic}`);
    await host.getByRole('option').first().click();
    await expectAccessible(host, 'minutes being written');
    await host.getByRole('button', { name: minutes.sign.do }).click();
    await host.getByRole('dialog').getByRole('button', { name: minutes.sign.do }).click();
    await expect(host.getByText(minutes.states.signed, { exact: true })).toBeVisible();
  });

  await test.step('and taken along as PDF and DOCX', async () => {
    expect(await download(host, 'PDF')).toEqual({ type: 'application/pdf', head: '%PDF' });
    const docx = await download(host, 'DOCX');
    expect(docx.type).toContain('wordprocessingml');
    expect(docx.head.startsWith('PK')).toBe(true);
  });

  await test.step('the decision waits on the home page of whoever has to carry it out', async () => {
    await teacher.goto('/');
    const mine = teacher.getByRole('region', { name: task.mine });
    const todo = mine.getByRole('article', { name: 'Провести открытый урок' }).first();
    await expect(todo).toContainText(title);
    await todo.getByRole('button', { name: task.do }).click();
    await expect(teacher.getByText(task.done)).toBeVisible();
  });

  await test.step('the teacher finds the meeting on one page', async () => {
    await teacher.goto('/part');
    await expect(teacher.getByRole('heading', { name: portfolio.title, level: 1 })).toBeVisible();
    await expect(teacher.getByRole('link', { name: title }).first()).toBeVisible();
    await expectAccessible(teacher, "one's own part");
    expect(await download(teacher, portfolio.pdf)).toEqual({ type: 'application/pdf', head: '%PDF' });
  });
});

test('arms and signature are put on the letterhead and taken off again', async ({ open }) => {
  const admin = await open('admin', { context: { viewport: { width: 390, height: 844 } } });
  const { letterhead } = certificate;
  await admin.goto('/letterhead');
  const choose = async (name: string, buffer: Buffer) => {
    const waiting = admin.waitForEvent('filechooser');
    await admin.getByRole('button', { name: filled(letterhead.uploadOf, { what: letterhead.arms }) }).click();
    await (await waiting).setFiles({ name, mimeType: 'image/png', buffer });
  };
  await choose('герб.png', Buffer.from('<svg/>'));
  await expect(admin.getByRole('alert')).toBeVisible();
  await choose('герб.png', await readFile(new URL('../../docs/screenshots/sign-in.png', import.meta.url)));
  const arms = admin.getByRole('img', { name: letterhead.arms });
  await expect(arms).toBeVisible();
  await expect.poll(() => arms.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  await expectAccessible(admin, 'the letterhead');
  await admin.getByRole('button', { name: filled(letterhead.removeOf, { what: letterhead.arms }) }).click();
  await expect(arms).toHaveCount(0);
});
