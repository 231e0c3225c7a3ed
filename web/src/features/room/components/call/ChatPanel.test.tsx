import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/shared/api';
import shared from '@/shared/i18n/ru.json';
import { show } from '@/shared/testing/render';
import { nothingKnown, reduceLive } from '../../call/live';
import type { MediaState } from '../../call/media';
import { noMedia } from '../../call/media';
import { createMemory } from '../../call/memory';
import { message, snapshot } from '../../call/samples';
import { createStore } from '../../call/store';
import { CallView } from '../../call/view';
import { type Call, CallContext } from '../../hooks/useCall';
import room from '../../i18n/ru.json';
import { ChatPanel } from './ChatPanel';

const LINE_PX = 20;

// jsdom lays nothing out: each message is a line of twenty pixels in a window of a hundred.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function height(this: HTMLElement) {
    return this.querySelectorAll('p + p, p:only-child').length * LINE_PX;
  });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(100);
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, where?: ScrollToOptions | number) {
    this.scrollTop = typeof where === 'object' ? (where.top ?? 0) : 0;
  };
});
afterEach(() => {
  vi.restoreAllMocks();
});

function range(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

/** A chat that knows the messages of the room from `first` on; the server has those before. */
async function stage(first: number, last: number) {
  const live = createStore(reduceLive(nothingKnown, snapshot({ chat: range(first, last) })));
  const olderChat = vi.fn(async (before: number, limit: number) => range(Math.max(1, before - limit), before - 1));
  const call = {
    session: { live, attempt: vi.fn(), say: vi.fn() },
    api: { olderChat },
    view: new CallView(createStore<MediaState>(noMedia), createMemory('abc'), { layout: 'grid' }),
  } as unknown as Call;
  await show(
    <CallContext value={call}>
      <ChatPanel phone={false} />
    </CallContext>,
    { texts: { room, shared } },
  );
  const log = screen.getByRole('log');
  const scrollTo = (top: number) => {
    log.scrollTop = top;
    fireEvent.scroll(log);
  };
  return { log, olderChat, scrollTo };
}

test('the newest messages are in sight first, and nothing older is asked for', async () => {
  const { log, olderChat } = await stage(101, 140);
  expect(log.scrollTop).toBe(40 * LINE_PX);
  expect(olderChat).not.toHaveBeenCalled();
});

test('who scrolls up gets the page before, and what they read stays where it is', async () => {
  const { log, olderChat, scrollTo } = await stage(101, 140);
  scrollTo(30);
  await screen.findByText('text 51');
  expect(olderChat).toHaveBeenCalledExactlyOnceWith(101, 50);
  expect(log.scrollTop).toBe(30 + 50 * LINE_PX);
});

test('the next page is fetched below the oldest message, until the first one of the room is there', async () => {
  const { olderChat, scrollTo } = await stage(71, 100);
  scrollTo(0);
  await screen.findByText('text 21');
  await waitFor(() => expect(screen.getByRole('log').getAttribute('aria-live')).toBe('polite'));
  scrollTo(0);
  await screen.findByText('text 1');
  expect(olderChat.mock.calls).toEqual([
    [71, 50],
    [21, 50],
  ]);
  expect(screen.queryByText(room.chat.older)).toBeNull();
});

test('a page that did not come is asked for by the button, not by every turn of the wheel', async () => {
  const { olderChat, scrollTo } = await stage(101, 140);
  olderChat.mockRejectedValueOnce(new ApiError({ status: 0, code: 'network' }));
  scrollTo(0);
  const again = await screen.findByText(room.chat.olderFailed);
  scrollTo(10);
  scrollTo(0);
  expect(olderChat).toHaveBeenCalledTimes(1);
  fireEvent.click(again);
  await screen.findByText('text 51');
});
