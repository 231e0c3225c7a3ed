import { queryOptions } from '@tanstack/react-query';
import { answer, client, type ConsentText, type MediaToken, type Message, type RoomCard, type Seat } from '@/shared/api';
import type { Source } from '../call/media';

/** What the room's pages ask of the server, one function per question. Failures are `ApiError`s. */
export const roomCardQuery = (code: string) =>
  queryOptions({
    queryKey: ['room', 'card', code],
    queryFn: (): Promise<RoomCard> => answer(client.GET('/api/rooms/by-code/{code}', { params: { path: { code } } })),
    staleTime: 5_000,
  });

export const consentTextQuery = queryOptions({
  queryKey: ['consent-text'],
  queryFn: (): Promise<ConsentText> => answer(client.GET('/api/consent-text')),
  staleTime: Infinity,
});

export function takeSeat(roomId: string, guest: { guestName?: string; consentVersion?: string } = {}): Promise<Seat> {
  return answer(client.POST('/api/rooms/{id}/seats', { params: { path: { id: roomId } }, body: guest }));
}

export function connectionCheckToken(): Promise<MediaToken> {
  return answer(client.POST('/api/connection-check'));
}

export function liveUrl(roomId: string): string {
  return `/api/rooms/${encodeURIComponent(roomId)}/live`;
}

/** The media server of the same origin, when a token names no other. */
export function sameOriginMedia(): string {
  return window.location.origin.replace(/^http/, 'ws');
}

export type RoomChange = {
  locked?: boolean;
  lobby?: 'off' | 'guests' | 'everyone';
  guestsAllowed?: boolean;
  allowUnmute?: boolean;
  allowVideo?: boolean;
  allowShare?: boolean;
  allowChat?: boolean;
};

export type SeatChange = {
  role?: 'cohost' | 'participant';
  allowUnmute?: boolean;
  allowVideo?: boolean;
  allowShare?: boolean;
  allowChat?: boolean;
};

/** Everything one does inside a room. Components get it through the call's context. */
export function roomApi(id: string) {
  const path = { id };
  const seatPath = (seat: string) => ({ params: { path: { id, seat } } });
  return {
    token: (): Promise<MediaToken> => answer(client.POST('/api/rooms/{id}/token', { params: { path } })),
    say: (body: string, key: string): Promise<Message> =>
      answer(client.POST('/api/rooms/{id}/chat', { params: { path }, body: { body, key } })),
    unsay: (message: string): Promise<unknown> =>
      answer(client.DELETE('/api/rooms/{id}/chat/{message}', { params: { path: { id, message } } })),
    raiseHand: async (): Promise<void> => {
      await answer(client.PUT('/api/rooms/{id}/hand', { params: { path } }));
    },
    lowerHand: async (): Promise<void> => {
      await answer(client.DELETE('/api/rooms/{id}/hand', { params: { path } }));
    },
    lowerHandOf: (seat: string): Promise<unknown> =>
      answer(client.DELETE('/api/rooms/{id}/seats/{seat}/hand', seatPath(seat))),
    lowerAllHands: (): Promise<unknown> => answer(client.DELETE('/api/rooms/{id}/hands', { params: { path } })),
    change: (change: RoomChange): Promise<unknown> =>
      answer(client.PATCH('/api/rooms/{id}', { params: { path }, body: change })),
    end: (): Promise<unknown> => answer(client.POST('/api/rooms/{id}/end', { params: { path } })),
    muteAll: (): Promise<unknown> => answer(client.POST('/api/rooms/{id}/mute-all', { params: { path } })),
    admitAll: (): Promise<unknown> => answer(client.POST('/api/rooms/{id}/lobby/admit-all', { params: { path } })),
    admit: (seat: string): Promise<unknown> => answer(client.POST('/api/rooms/{id}/seats/{seat}/admit', seatPath(seat))),
    refuse: (seat: string): Promise<unknown> =>
      answer(client.POST('/api/rooms/{id}/seats/{seat}/refuse', seatPath(seat))),
    remove: (seat: string): Promise<unknown> =>
      answer(client.POST('/api/rooms/{id}/seats/{seat}/remove', seatPath(seat))),
    mute: (seat: string, source: Source): Promise<unknown> =>
      answer(client.POST('/api/rooms/{id}/seats/{seat}/mute', { ...seatPath(seat), body: { source } })),
    changeSeat: (seat: string, change: SeatChange): Promise<unknown> =>
      answer(client.PATCH('/api/rooms/{id}/seats/{seat}', { ...seatPath(seat), body: change })),
  };
}

export type RoomApi = ReturnType<typeof roomApi>;
