import type { Page } from '@playwright/test';
import { expectAccessible } from '../harness/axe';
import { phone } from '../harness/browser';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { words } from '../pages/words';

const { indicator, kit, shared } = words;

async function equipped(page: Page): Promise<number> {
  const answer = await page.request.get('/api/indicators');
  const list = (await answer.json()) as { items: { key: string; counted: number }[] };
  return list.items.find(({ key }) => key === 'equipment')?.counted ?? Number.NaN;
}

/** Writes off what the school's kits were, so that one new kit decides. */
async function withoutKits(coordinator: Page, origin: string): Promise<void> {
  const list = await coordinator.request.get('/api/kits?perPage=200');
  const { items } = (await list.json()) as { items: { id: string; mine: boolean }[] };
  for (const { id } of items.filter(({ mine }) => mine)) {
    const data = { since: new Date().toISOString().slice(0, 10), status: 'written_off', note: '' };
    const answer = await coordinator.request.post(`/api/kits/${id}/statuses`, { data, headers: { origin } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
}

test('a complete kit that is ready and passed its test equips its school; the rule is the administrator’s', async ({ open }) => {
  // Of its own: settings are the whole city's.
  const server = await Kafedra.start({ name: 'equipment' });
  try {
    const origin = server.url;
    const coordinator = await open('coordinator', { origin, context: phone });
    await withoutKits(coordinator, origin);
    const before = await equipped(coordinator);
    await coordinator.goto('/kits');
    await coordinator.getByRole('button', { name: kit.add }).first().click();
    await coordinator.getByLabel(kit.columns.name).fill('Комплект 24');
    await coordinator.getByRole('button', { name: kit.register, exact: true }).click();
    await coordinator.getByRole('button', { name: 'Комплект 24' }).click();
    const dialog = coordinator.getByRole('dialog');
    for (const part of ['hasCamera', 'hasSpeakerphone', 'hasComputer', 'hasChannel'] as const) {
      await dialog.getByRole('checkbox', { name: kit.equipment[part] }).check();
    }
    await dialog.getByLabel(kit.equipment.inventoryNumber).fill('1017-24');
    await dialog.getByRole('button', { name: kit.save }).last().click();
    await expect(coordinator.getByText(kit.equipment.saved)).toBeVisible();
    await dialog.getByRole('button', { name: kit.status.add, exact: true }).click();
    await expect(dialog.getByText(kit.status.names.ready, { exact: false }).first()).toBeVisible();
    await expectAccessible(coordinator, 'a kit on a phone');
    expect(await equipped(coordinator), 'no test has passed yet').toBe(before);
    await dialog.getByRole('button', { name: kit.test.addPassed }).click();
    await expect(dialog.getByText(kit.test.none)).toHaveCount(0);
    expect(await equipped(coordinator)).toBe(before + 1);
    await coordinator.reload();
    await coordinator.getByRole('button', { name: 'Комплект 24' }).click();
    await expect(dialog.getByLabel(kit.equipment.inventoryNumber)).toHaveValue('1017-24');

    const admin = await open('admin', { origin });
    await admin.goto('/indicators');
    await admin.getByRole('link', { name: indicator.settings.open }).click();
    await admin.getByLabel(indicator.settings.readinessDays).fill('30');
    await expectAccessible(admin, 'how indicators are counted');
    await admin.getByRole('button', { name: shared.actions.save }).click();
    await expect(admin.getByText(indicator.settings.saved)).toBeVisible();
    await admin.reload();
    await expect(admin.getByLabel(indicator.settings.readinessDays)).toHaveValue('30');
    await admin.getByRole('checkbox', { name: words.event.roles.names.speaker }).uncheck();
    await admin.getByRole('checkbox', { name: words.event.roles.names.moderator }).uncheck();
    await admin.getByRole('checkbox', { name: words.event.roles.names.host }).uncheck();
    await admin.getByRole('button', { name: shared.actions.save }).click();
    await expect(admin.getByText(indicator.settings.noRoles)).toBeVisible();
  } finally {
    await server.dispose();
  }
});
