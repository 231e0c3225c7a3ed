import type { Message, Poll, PollResult, PresenceCheck, Question, Room, RunningOrder, Seat, Showing } from '@/shared/api';

/**
 * The shapes of the room's live stream, which OpenAPI does not describe. Everything else comes from the API's own
 * types. A seat's id is also that person's identity in the media server.
 */
export type {
  MediaToken,
  Message,
  Poll,
  PresenceCheck,
  Question,
  Room,
  RoomCard,
  RunningItem,
  RunningOrder,
  Seat,
  Showing,
} from '@/shared/api';

export type Snapshot = {
  /** People in the lobby get the title and the status only; who waits for the live part, how the room is held too. */
  room: Partial<Room> & Pick<Room, 'title' | 'status'>;
  me: Seat;
  seats: Seat[];
  /** Seat ids in the order the hands went up. */
  hands: string[];
  chat: Message[];
  /** The presence check that is open; `answered` by me. */
  check: OpenCheck | null;
  /** How a lesson's consents stand; for its moderators and those who keep its class. */
  lesson: (LessonNews & { keeper: boolean }) | null;
  /** The page of slides that everybody sees. */
  showing: Showing | null;
  /** Null in the lobby. */
  runningOrder: RunningOrder | null;
  /** `mine` I asked, `voted` I want answered. */
  questions: { items: Question[]; mine: string[]; voted: string[] };
  /** `mine` I answered: what I chose, or null where that was not recorded. */
  polls: { items: Poll[]; mine: { id: string; choices: number[] | null }[] };
};

/** `withdrawn`: the number of the pupil whose consent was just withdrawn. */
export type LessonNews = { pupils: number; missing: number; withdrawn: number | null };

export type OpenCheck = { asked: PresenceCheck; answered: boolean; count: CheckCount | null };

/** How many have said that they are here; moderators only. */
export type CheckCount = { id: string; answered: number; present: number };

export type LiveEvent =
  | { type: 'snapshot'; data: Snapshot }
  | { type: 'room'; data: Partial<Room> }
  | { type: 'seat'; data: Seat }
  | { type: 'seat_gone'; data: { id: string } }
  | { type: 'hands'; data: string[] }
  | { type: 'chat'; data: Message }
  | { type: 'chat_removed'; data: { id: string } }
  | { type: 'presence_check'; data: PresenceCheck }
  | { type: 'presence_count'; data: CheckCount }
  | { type: 'lesson'; data: LessonNews }
  | { type: 'showing'; data: Showing | null }
  | { type: 'decks'; data: unknown }
  | { type: 'running_order'; data: RunningOrder }
  | { type: 'question'; data: Question }
  | { type: 'question_gone'; data: { id: string } }
  | { type: 'question_votes'; data: { id: string; votes: number }[] }
  | { type: 'poll'; data: Poll }
  | { type: 'poll_gone'; data: { id: string } }
  | { type: 'poll_result'; data: PollResult }
  | { type: 'ended'; data: unknown }
  | { type: 'restart'; data: { retryMs?: number } };
