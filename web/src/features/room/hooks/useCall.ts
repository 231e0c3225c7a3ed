import { createContext, use } from 'react';
import type { RoomApi } from '../api/room';
import type { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import type { CallView } from '../call/view';
import type { RoomCard } from '../call/wire';

/** What every part of the call screen may reach. */
export interface Call {
  readonly session: CallSession;
  readonly view: CallView;
  readonly api: RoomApi;
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
