import { expect, type Page } from '@playwright/test';
import type { Meeting } from '../harness/api';
import { Call } from './call';
import { words } from './words';

const { join, lobby, preview, check } = words.room;

/** The page before the call. */
export class PreJoin {
  constructor(readonly page: Page) {}

  static async open(page: Page, meeting: Pick<Meeting, 'room'>): Promise<PreJoin> {
    await page.goto(`/r/${meeting.room.code}`);
    const preJoin = new PreJoin(page);
    await expect(preJoin.button).toBeVisible();
    return preJoin;
  }

  get button() {
    return this.page.getByRole('button', { name: join.button }).or(this.page.getByRole('button', { name: join.rejoin }));
  }

  get selfView() {
    return this.page.getByRole('region', { name: preview.label }).locator('video');
  }

  get level() {
    return this.page.getByRole('meter', { name: preview.level });
  }

  get connection() {
    return this.page.getByRole('region', { name: check.title });
  }

  microphone(state: 'on' | 'off') {
    return this.page.getByRole('button', {
      name: state === 'on' ? preview.turnMicrophoneOff : preview.turnMicrophoneOn,
    });
  }

  camera(state: 'on' | 'off') {
    return this.page.getByRole('button', { name: state === 'on' ? preview.turnCameraOff : preview.turnCameraOn });
  }

  async fillGuest(name: string): Promise<void> {
    await this.page.getByLabel(join.name).fill(name);
    await this.page.getByRole('checkbox', { name: join.consent }).check();
  }

  async enter(): Promise<Call> {
    await this.button.click();
    const call = new Call(this.page);
    await call.expectConnected();
    return call;
  }

  /** Presses the button where a lobby keeps the door. */
  async knock(): Promise<Lobby> {
    await this.button.click();
    const waiting = new Lobby(this.page);
    await expect(waiting.notice).toBeVisible();
    return waiting;
  }
}

/** Waiting to be let in. */
export class Lobby {
  constructor(readonly page: Page) {}

  get notice() {
    return this.page.getByRole('heading', { name: lobby.title });
  }

  async admitted(): Promise<Call> {
    const call = new Call(this.page);
    await call.expectConnected();
    return call;
  }
}

export async function joinCall(page: Page, meeting: Pick<Meeting, 'room'>): Promise<Call> {
  return (await PreJoin.open(page, meeting)).enter();
}

export async function joinAsGuest(page: Page, meeting: Pick<Meeting, 'room'>, name: string): Promise<Call> {
  const preJoin = await PreJoin.open(page, meeting);
  await preJoin.fillGuest(name);
  return preJoin.enter();
}
