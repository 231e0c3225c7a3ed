/**
 * Reads `text/event-stream` as the HTML standard lays it down (section 9.2.6), as far as the room's stream needs:
 * `event` and `data` fields, comments, all three line ends, and pieces cut anywhere.
 */
export interface SseMessage {
  readonly event: string;
  readonly data: string;
}

export function createSseParser(onMessage: (message: SseMessage) => void): (chunk: string) => void {
  let rest = '';
  let event = '';
  let data: string[] = [];

  const line = (text: string) => {
    if (text === '') {
      if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const raw = colon < 0 ? '' : text.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  };

  return (chunk) => {
    rest += chunk;
    // A carriage return at the very end may be half of CRLF: wait for its other half.
    for (;;) {
      const match = /\r\n|\n|\r(?!$)/.exec(rest);
      if (!match) break;
      line(rest.slice(0, match.index));
      rest = rest.slice(match.index + match[0].length);
    }
  };
}
