import type { Message, Room, Seat } from '@/shared/api';

/**
 * The shapes of the room's live stream, which OpenAPI does not describe. Everything else comes from the API's own
 * types. A seat's id is also that person's identity in the media server.
 */
export type { MediaToken, Message, Room, RoomCard, Seat } from '@/shared/api';

export type Snapshot = {
  /** People in the lobby get the title and the status only. */
  room: Partial<Room> & Pick<Room, 'title' | 'status'>;
  me: Seat;
  seats: Seat[];
  /** Seat ids in the order the hands went up. */
  hands: string[];
  chat: Message[];
};

export type LiveEvent =
  | { type: 'snapshot'; data: Snapshot }
  | { type: 'room'; data: Partial<Room> }
  | { type: 'seat'; data: Seat }
  | { type: 'hands'; data: string[] }
  | { type: 'chat'; data: Message }
  | { type: 'chat_removed'; data: { id: string } }
  | { type: 'ended'; data: unknown }
  | { type: 'restart'; data: { retryMs?: number } };
