import type { Source } from './media';
import { deviceProblem, refusedByServer } from './problems';
import { createStore, type Readable } from './store';

export type NoticeKey =
  | 'switched_off.microphone.moderator'
  | 'switched_off.microphone.device'
  | 'switched_off.camera.moderator'
  | 'switched_off.camera.device'
  | 'switched_off.screen_share.moderator'
  | 'forbidden.unmute'
  | 'forbidden.video'
  | 'forbidden.share'
  | 'forbidden.chat'
  | 'allowed.unmute'
  | 'allowed.video'
  | 'allowed.share'
  | 'allowed.chat'
  | 'role.cohost'
  | 'role.participant'
  | 'hand.lowered'
  | 'stage.on'
  | 'stage.off'
  | 'timer.soon'
  | 'timer.over'
  | 'problem';

export interface Notice {
  readonly id: number;
  readonly key: NoticeKey;
  /** For `problem`: its code, and the server's sentence if it gave one. */
  readonly code?: string;
  readonly detail?: string;
  readonly source?: Source;
}

/** A permission of a seat, and the source that needs it; words need none. */
export type Right = 'unmute' | 'video' | 'share' | 'chat';

export const NEEDS = { microphone: 'unmute', camera: 'video', screen_share: 'share' } as const satisfies Record<Source, Right>;

const SHOWN_MS = 8000;
const AT_ONCE = 3;

/** Short words about what has just happened to the person; each goes by itself after a while. */
export class Notices {
  readonly state: Readable<readonly Notice[]>;
  private readonly shown = createStore<readonly Notice[]>([]);
  private nextId = 1;

  constructor() {
    this.state = this.shown;
  }

  tell(notice: Omit<Notice, 'id'>): void {
    const id = this.nextId++;
    // The same words twice say nothing new: the later one takes the earlier one's place.
    this.shown.update((now) =>
      [...now.filter((other) => other.key !== notice.key || other.code !== notice.code), { ...notice, id }].slice(-AT_ONCE),
    );
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.shown.update((now) => now.filter((notice) => notice.id !== id));
  }

  switchedOff(source: Source, by: 'moderator' | 'device'): void {
    // A screen is no device that could go away by itself.
    if (source === 'screen_share') this.tell({ key: 'switched_off.screen_share.moderator', source });
    else this.tell({ key: `switched_off.${source}.${by}`, source });
  }

  switchFailed(source: Source, error: unknown): void {
    if (refusedByServer(error)) this.tell({ key: `forbidden.${NEEDS[source]}` });
    else this.tell({ key: 'problem', code: deviceProblem(error), source });
  }

  /** A permission was given or taken. «The host switched it off» is no news beside «the host forbade it». */
  rightChanged(right: Right, given: boolean): void {
    if (!given) {
      this.shown.update((now) =>
        now.filter((notice) => !notice.source || notice.key === 'problem' || NEEDS[notice.source] !== right),
      );
    }
    this.tell({ key: `${given ? 'allowed' : 'forbidden'}.${right}` });
  }
}
