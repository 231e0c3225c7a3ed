import type { Message } from './wire';

/** Splits a message into text and links. Only http and https become links: a message must not run anything. */
export type Piece = { readonly text: string } | { readonly text: string; readonly href: string };

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Punctuation that ends a sentence, not an address. */
const TAIL = /[.,;:!?…»”)\]}]+$/;

export function pieces(body: string): readonly Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(LINK)) {
    const raw = match[0];
    const href = trimmed(raw);
    const at = match.index;
    if (!isWeb(href)) continue;
    if (at > from) found.push({ text: body.slice(from, at) });
    found.push({ text: href, href });
    from = at + href.length;
  }
  if (from < body.length) found.push({ text: body.slice(from) });
  return found;
}

function trimmed(raw: string): string {
  const tail = TAIL.exec(raw)?.[0] ?? '';
  // A bracket that was opened within the address belongs to it.
  if (tail.startsWith(')') && raw.slice(0, -tail.length).includes('(')) return raw.slice(0, raw.length - tail.length + 1);
  return raw.slice(0, raw.length - tail.length);
}

function isWeb(href: string): boolean {
  try {
    const { protocol } = new URL(href);
    return protocol === 'http:' || protocol === 'https:';
  } catch {
    return false;
  }
}

/** Messages of others that came after the last one read. */
export function unread(chat: readonly Message[], readSeq: number, mySeatId: string): number {
  return chat.reduce((count, message) => (message.seq > readSeq && message.seatId !== mySeatId ? count + 1 : count), 0);
}

/** The first of several messages one person wrote in a row, within five minutes, carries the name and the time. */
export function startsGroup(previous: Message | undefined, message: Message): boolean {
  if (!previous || previous.seatId !== message.seatId) return true;
  return Date.parse(message.sentAt) - Date.parse(previous.sentAt) > 5 * 60_000;
}
