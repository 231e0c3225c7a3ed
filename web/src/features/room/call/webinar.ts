import type { LiveState } from './live';
import type { MediaPerson, MediaState } from './media';
import type { Readable } from './store';
import type { Room, Seat } from './wire';

/**
 * Who is on the stage of a webinar and who listens. Pure, from what the server said; the server decides each right
 * anew. In a meeting everybody counts as standing on the stage.
 */
type Held = Pick<Room, 'mode' | 'phase'>;

export function stands(seat: Seat): boolean {
  return seat.role !== 'participant' || seat.stage === 'on';
}

export function listens(room: Held, seat: Seat): boolean {
  return room.mode === 'webinar' && !stands(seat);
}

/** Admitted, and still to wait for the live part. */
export function waitsForLive(room: Held, seat: Seat): boolean {
  return room.phase === 'backstage' && seat.status === 'admitted' && listens(room, seat);
}

/** Whether somebody asked me on the stage and waits for my answer. */
export function isInvited({ room, me }: LiveState): boolean {
  return me !== null && me.status === 'admitted' && me.stage === 'invited' && listens(room, me);
}

/** Who came to listen and waits for the start; moderators may call them back stage. */
export function waitingListeners({ room, seats }: LiveState): readonly Seat[] {
  return [...seats.values()].filter((seat) => waitsForLive(room, seat));
}

/** Whether I say what is now and see how many answered. */
export function keepsRecord(me: Seat | null): boolean {
  return me !== null && (me.may.moderate || me.isSecretary);
}

function isShown({ room, seats, me }: LiveState, person: MediaPerson): boolean {
  const seat = seats.get(person.id) ?? (me?.id === person.id ? me : null);
  // Whoever is not known yet is not shown either: listeners have nothing to show.
  return seat !== null && !listens(room, seat);
}

/** The media of those on the stage; of a meeting, everybody's. The same object as long as nothing changed. */
export function stageMedia(media: Readable<MediaState>, live: Readable<LiveState>): Readable<MediaState> {
  let of: { media: MediaState; live: Pick<LiveState, 'room' | 'seats' | 'me'>; stage: MediaState } | null = null;
  const get = (): MediaState => {
    const now = media.get();
    const state = live.get();
    if (state.room.mode !== 'webinar') return now;
    if (of?.media !== now || of.live.room !== state.room || of.live.seats !== state.seats || of.live.me !== state.me) {
      const people = now.people.filter((person) => isShown(state, person));
      const same = of?.media === now && samePeople(of.stage.people, people);
      of = { media: now, live: state, stage: of && same ? of.stage : { ...now, people } };
    }
    return of.stage;
  };
  return {
    get,
    subscribe: (listener) => {
      const stops = [media.subscribe(listener), live.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function samePeople(a: readonly MediaPerson[], b: readonly MediaPerson[]): boolean {
  return a.length === b.length && a.every((person, index) => person === b[index]);
}
