import { expect, type Locator, type Page } from '@playwright/test';
import type { Meeting, Seat } from '../harness/api';
import { escaped, filled, pattern, words } from './words';

const { banner, controls, tile, stage, people, chat, panel, end, over } = words.room;

/** A call as one of the people in it sees it. */
export class Call {
  constructor(readonly page: Page) {}

  get toolbar(): Locator {
    return this.page.getByRole('region', { name: controls.label });
  }

  get stage(): Locator {
    return this.page.getByRole('region', { name: stage.label });
  }

  async expectConnected(timeout = 20_000): Promise<void> {
    await expect(this.toolbar).toBeVisible({ timeout });
    // Tiles are there from the start; the line at the top goes once media may flow.
    await expect(this.stage.getByRole('article').first()).toBeVisible({ timeout });
    await expect(this.banner).not.toContainText(pattern(banner.joining), { timeout });
    await expect(this.banner).not.toContainText(pattern(banner.joiningLong), { timeout });
  }

  /** The one line between the person and the call: joining, reconnecting, no internet. */
  get banner(): Locator {
    return this.page.getByTestId('banner');
  }

  control(name: string | RegExp): Locator {
    return this.toolbar.getByRole('button', { name, exact: true });
  }

  /** The button of a microphone that is on, or off, now. */
  microphone(state: 'on' | 'off'): Locator {
    return this.control(state === 'on' ? controls.microphoneOff : controls.microphoneOn);
  }

  camera(state: 'on' | 'off'): Locator {
    return this.control(state === 'on' ? controls.cameraOff : controls.cameraOn);
  }

  screen(state: 'on' | 'off'): Locator {
    return this.control(state === 'on' ? controls.screenOff : controls.screenOn);
  }

  hand(state: 'up' | 'down'): Locator {
    return this.control(state === 'up' ? controls.handDown : controls.handUp);
  }

  /** Somebody's picture on the stage. Its label is one sentence: the name first, then what else there is to know. */
  tile(name: string): Locator {
    return this.stage.getByRole('article', { name: new RegExp(`^${escaped(name)}, `) });
  }

  screenOf(name: string): Locator {
    return this.stage.getByRole('article', { name: filled(tile.screen, { name }) });
  }

  /** Opens the menu on somebody's tile; `pin` and `unpin` stand there for everyone. */
  async tileMenu(name: string): Promise<void> {
    await this.tile(name).hover();
    await this.tile(name).getByRole('button', { name: filled(tile.menu, { name }) }).click();
  }

  async pin(name: string): Promise<void> {
    await this.tileMenu(name);
    await this.page.getByRole('menuitem', { name: tile.pin, exact: true }).click();
  }

  /** What floats over the stage for a moment. */
  get reactions(): Locator {
    return this.page.getByTestId('reactions');
  }

  async react(emoji: string): Promise<void> {
    await this.control(controls.react).click();
    await this.page.getByRole('button', { name: filled(controls.reactWith, { emoji }) }).click();
  }

  async openPeople(): Promise<Locator> {
    const list = this.page.getByRole('complementary', { name: new RegExp(`^${people.title}`) });
    if (!(await list.isVisible())) await this.control(new RegExp(`^${controls.people}`)).click();
    await expect(list).toBeVisible();
    return list;
  }

  async openChat(): Promise<Locator> {
    const log = this.page.getByRole('log', { name: chat.log });
    if (!(await log.isVisible())) await this.control(new RegExp(`^${controls.chat}`)).click();
    await expect(log).toBeVisible();
    return log;
  }

  async closePanel(): Promise<void> {
    await this.page.getByRole('button', { name: panel.close }).click();
  }

  async say(text: string): Promise<void> {
    await this.openChat();
    await this.page.getByRole('textbox', { name: chat.placeholder }).fill(text);
    await this.page.getByRole('button', { name: chat.send }).click();
  }

  /** One of the acts a moderator finds beside a person's name in the list. */
  async act(name: string, action: string): Promise<void> {
    const list = await this.openPeople();
    await list.getByRole('button', { name: filled(tile.menu, { name }) }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** What is not needed every minute: a menu on a desktop, a sheet on a phone. */
  async more(action: string | RegExp): Promise<void> {
    await this.control(controls.more).click();
    const sheet = this.page.getByRole('dialog', { name: controls.more });
    await this.page
      .getByRole('menuitem', { name: action, exact: true })
      .or(sheet.getByRole('button', { name: action, exact: true }))
      .click();
  }

  async leave(): Promise<void> {
    await this.control(controls.leave).click();
    const only = this.page.getByRole('menuitem', { name: controls.leaveOnly });
    const left = this.page.getByRole('heading', { name: over.left.title });
    await expect(only.or(left)).toBeVisible();
    if (await only.isVisible()) await only.click();
    await expect(left).toBeVisible();
  }

  async endForAll(): Promise<void> {
    await this.control(controls.leave).click();
    await this.page.getByRole('menuitem', { name: controls.endForAll }).click();
    await this.page.getByRole('dialog', { name: end.title }).getByRole('button', { name: end.confirm }).click();
  }
}

/** The seat that the person of this browser has in the room; fails where there is none. */
export async function seatOf(page: Page, meeting: Pick<Meeting, 'room'>): Promise<Seat> {
  const answer = await page.request.get(`/api/rooms/by-code/${meeting.room.code}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  const card = (await answer.json()) as { mySeat: Seat | null };
  if (!card.mySeat) throw new Error('this person has no seat in the room');
  return card.mySeat;
}
