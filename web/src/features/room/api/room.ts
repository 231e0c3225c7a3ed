import { queryOptions } from '@tanstack/react-query';
import {
  answer,
  client,
  type ConsentText,
  type Deck,
  type DeckList,
  type MediaToken,
  type Message,
  type NoteList,
  type PupilName,
  type RoomCard,
  type Seat,
  type ShowingDraft,
} from '@/shared/api';
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

type Newcomer = { guestName?: string; consentVersion?: string; pupilCode?: string };

export function takeSeat(roomId: string, guest: Newcomer = {}): Promise<Seat> {
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
  mode?: 'meeting' | 'webinar';
  reviewQuestions?: boolean;
  anonymousQuestions?: boolean;
};

export type SeatChange = {
  role?: 'cohost' | 'participant';
  allowUnmute?: boolean;
  allowVideo?: boolean;
  allowShare?: boolean;
  allowChat?: boolean;
};

/** On a network that swallows requests, asking again finds the way sooner than waiting for the browser to give up. */
const TOKEN_WITHIN_MS = 10_000;

/** `AbortSignal.timeout`, which Safari 15 lacks. */
function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

/** Everything one does inside a room. Components get it through the call's context. */
export function roomApi(id: string) {
  const path = { id };
  const seatPath = (seat: string) => ({ params: { path: { id, seat } } });
  return {
    token: (): Promise<MediaToken> =>
      answer(client.POST('/api/rooms/{id}/token', { params: { path }, signal: abortAfter(TOKEN_WITHIN_MS) })),
    say: (body: string, key: string): Promise<Message> =>
      answer(client.POST('/api/rooms/{id}/chat', { params: { path }, body: { body, key } })),
    olderChat: async (before: number, limit: number): Promise<Message[]> => {
      const page = await answer(client.GET('/api/rooms/{id}/chat', { params: { path, query: { before, limit } } }));
      return page.items;
    },
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
    /** Whose number is whose, for those who keep the class; each look stands in the access log. */
    pupils: async (): Promise<PupilName[]> => (await answer(client.GET('/api/rooms/{id}/pupils', { params: { path } }))).items,
    end: (): Promise<unknown> => answer(client.POST('/api/rooms/{id}/end', { params: { path } })),
    askCheck: (seconds: number): Promise<unknown> =>
      answer(client.POST('/api/rooms/{id}/presence-checks', { params: { path }, body: { seconds } })),
    answerCheck: async (checkId: string): Promise<void> => {
      await answer(client.PUT('/api/rooms/{id}/presence-checks/{checkId}', { params: { path: { id, checkId } } }));
    },
    decks: (): Promise<DeckList> => answer(client.GET('/api/rooms/{id}/decks', { params: { path } })),
    addDeck: (file: File): Promise<Deck> =>
      answer(
        client.POST('/api/rooms/{id}/decks', {
          params: { path },
          // The body is the form itself; the generated type knows only its parts.
          body: formOf(file) as never,
          bodySerializer: (body: unknown) => body as FormData,
        }),
      ),
    removeDeck: (deck: string): Promise<unknown> =>
      answer(client.DELETE('/api/decks/{id}', { params: { path: { id: deck } } })),
    notes: (deck: string): Promise<NoteList> =>
      answer(client.GET('/api/decks/{id}/notes', { params: { path: { id: deck } } })),
    show: (showing: ShowingDraft): Promise<unknown> =>
      answer(client.PUT('/api/rooms/{id}/showing', { params: { path }, body: showing })),
    endShow: (): Promise<unknown> => answer(client.DELETE('/api/rooms/{id}/showing', { params: { path } })),
    comeOnStage: (): Promise<unknown> => answer(client.PUT('/api/rooms/{id}/stage', { params: { path } })),
    leaveStage: (): Promise<unknown> => answer(client.DELETE('/api/rooms/{id}/stage', { params: { path } })),
    inviteOnStage: (seat: string): Promise<unknown> =>
      answer(client.PUT('/api/rooms/{id}/seats/{seat}/stage', seatPath(seat))),
    takeOffStage: (seat: string): Promise<unknown> =>
      answer(client.DELETE('/api/rooms/{id}/seats/{seat}/stage', seatPath(seat))),
    goLive: (): Promise<unknown> => answer(client.POST('/api/rooms/{id}/go-live', { params: { path } })),
    setNow: (now: { itemId?: string; minutes?: number }): Promise<unknown> =>
      answer(client.PUT('/api/rooms/{id}/running-order', { params: { path }, body: now })),
    changeNow: (change: { paused?: boolean; minutes?: number }): Promise<unknown> =>
      answer(client.PATCH('/api/rooms/{id}/running-order', { params: { path }, body: change })),
    clearNow: (): Promise<unknown> => answer(client.DELETE('/api/rooms/{id}/running-order', { params: { path } })),
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
