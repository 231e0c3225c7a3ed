import { createContext, use } from 'react';
import type { RoomApi } from '../api/room';
import type { MediaState } from '../call/media';
import type { CallSession } from '../call/session';
import type { Slides } from '../call/slides';
import { type Readable, useSelected } from '../call/store';
import type { CallView } from '../call/view';
import { listens } from '../call/webinar';
import type { RoomCard } from '../call/wire';

/** What every part of the call screen may reach. */
export interface Call {
  readonly session: CallSession;
  /** Media of those who are shown: in a webinar, of its stage alone. */
  readonly stage: Readable<MediaState>;
  readonly view: CallView;
  readonly api: RoomApi;
  readonly slides: Slides;
  readonly card: RoomCard;
}

export const CallContext = createContext<Call | null>(null);

export function useCall(): Call {
  const call = use(CallContext);
  if (!call) throw new Error('useCall outside of a call');
  return call;
}

/** My seat as the server sees it now. */
export function useMySeat() {
  const { session } = useCall();
  return useSelected(session.live, (live) => live.me);
}

/** Whether I only listen here: neither heard nor seen. */
export function useListening(): boolean {
  const { session } = useCall();
  return useSelected(session.live, ({ room, me }) => me !== null && listens(room, me));
}
