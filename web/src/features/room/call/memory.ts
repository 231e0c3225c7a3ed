/**
 * What survives a reload of the tab (session storage, one record per room) and what survives the evening (local
 * storage: devices, and whether one joins with camera and microphone on). A browser that forbids storage gets the
 * defaults: the call works, it only forgets.
 */
export type Layout = 'grid' | 'speaker';
export const PANELS = ['chat', 'people', 'slides', 'order', 'questions', 'polls'] as const;
export type Panel = (typeof PANELS)[number];

export interface Visit {
  /** The tab was in the call (or its lobby) and did not leave: a reload goes straight back. */
  readonly inCall: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly layout: Layout;
  /** Tile keys, the first pinned first. */
  readonly pinned: readonly string[];
  readonly panel: Panel | null;
  /** The person arranged the screen at least once; until then each device has its own default. */
  readonly viewKept: boolean;
}

export interface Habits {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly microphoneId?: string | undefined;
  readonly cameraId?: string | undefined;
  readonly speakerId?: string | undefined;
  readonly guestName?: string | undefined;
}

/** After this long a remembered call is another day's: the pre-join page is shown again. */
const VISIT_LIVES_MS = 6 * 60 * 60 * 1000;

export interface Memory {
  visit(): Visit | null;
  keepVisit(change: Partial<Visit>): void;
  forgetVisit(): void;
  habits(): Habits;
  keepHabits(change: Partial<Habits>): void;
}

export function createMemory(
  code: string,
  now: () => number = Date.now,
  session: () => Storage = () => window.sessionStorage,
  local: () => Storage = () => window.localStorage,
): Memory {
  const visitKey = `kafedra.visit.${code}`;
  const habitsKey = 'kafedra.call';

  const visit = (): Visit | null => {
    const read = load(session, visitKey);
    if (!read || typeof read['at'] !== 'number' || now() - read['at'] > VISIT_LIVES_MS) return null;
    return {
      inCall: read['inCall'] === true,
      microphone: read['microphone'] === true,
      camera: read['camera'] === true,
      layout: read['layout'] === 'speaker' ? 'speaker' : 'grid',
      pinned: Array.isArray(read['pinned']) ? read['pinned'].filter((key) => typeof key === 'string') : [],
      panel: PANELS.find((panel) => panel === read['panel']) ?? null,
      viewKept: read['viewKept'] === true,
    };
  };

  const habits = (): Habits => {
    const read = load(local, habitsKey) ?? {};
    return {
      microphone: read['microphone'] !== false,
      camera: read['camera'] !== false,
      microphoneId: text(read['microphoneId']),
      cameraId: text(read['cameraId']),
      speakerId: text(read['speakerId']),
      guestName: text(read['guestName']),
    };
  };

  return {
    visit,
    keepVisit: (change) => {
      const kept: Visit = visit() ?? {
        inCall: false,
        microphone: true,
        camera: true,
        layout: 'grid',
        pinned: [],
        panel: null,
        viewKept: false,
      };
      save(session, visitKey, { ...kept, ...change, at: now() });
    },
    forgetVisit: () => {
      try {
        session().removeItem(visitKey);
      } catch {
        // Nothing was kept, so nothing need be forgotten.
      }
    },
    habits,
    keepHabits: (change) => save(local, habitsKey, { ...habits(), ...change }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function load(storage: () => Storage, key: string): Record<string, unknown> | null {
  try {
    const raw = storage().getItem(key);
    const read: unknown = raw === null ? null : JSON.parse(raw);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function save(storage: () => Storage, key: string, value: object): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage must not stop a call.
  }
}
