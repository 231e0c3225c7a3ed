import { expect, test, vi } from 'vitest';
import { seat } from './samples';
import { type LiveState, nothingKnown } from './live';
import { leads, pageSeen, Slides } from './slides';
import { createStore } from './store';
import type { Showing } from './wire';

const shown = (over: Partial<Showing> = {}): Showing => ({ deckId: 'd', name: 'Доклад', pages: 10, page: 3, seatId: 'me', ...over });

/** A room that shows a page, and a server that answers when it is told to. */
function room(showing: Showing | null) {
  const live = createStore<LiveState>({ ...nothingKnown, me: seat('me'), showing });
  const answers: ((done: boolean) => void)[] = [];
  const show = vi.fn(() => Promise.resolve());
  const slides = new Slides(
    {
      live,
      attempt: (request) => {
        void request();
        return new Promise((resolve) => answers.push(resolve));
      },
    },
    { show },
  );
  slides.start();
  return {
    slides,
    show,
    answer: async (done = true) => {
      answers.shift()?.(done);
      await Promise.resolve();
      await Promise.resolve();
    },
    tell: (next: Showing | null) => live.update((now) => ({ ...now, showing: next })),
    page: () => pageSeen(live.get().showing, slides.state.get()),
    leads: () => leads(live.get()),
  };
}

test('whoever leads sees their turn at once, and of fast turns only the last is sent after the first', async () => {
  const { slides, show, answer, tell, page } = room(shown());
  slides.turn(1);
  slides.turn(1);
  slides.turn(1);
  expect(page()).toBe(6);
  expect(show.mock.calls).toEqual([[{ deckId: 'd', page: 4 }]]);
  tell(shown({ page: 4 }));
  expect(page()).toBe(6);
  await answer();
  expect(show).toHaveBeenLastCalledWith({ deckId: 'd', page: 6 });
  expect(show).toHaveBeenCalledTimes(2);
  await answer();
  expect(page()).toBe(6);
  tell(shown({ page: 6 }));
  expect(slides.state.get().turned).toBeNull();
});

test('a turn that the server refused goes back to what everybody sees', async () => {
  const { slides, answer, page } = room(shown());
  slides.turn(1);
  expect(page()).toBe(4);
  await answer(false);
  expect(page()).toBe(3);
});

test('turning stops at the first and the last page', () => {
  const { slides, show, page } = room(shown({ page: 10 }));
  slides.turn(1);
  slides.goTo(99);
  expect(show).not.toHaveBeenCalled();
  slides.goTo(-5);
  expect(page()).toBe(1);
});

test('the others look at another page for themselves, stay there while the show goes on, and come back', () => {
  const { slides, show, tell, page, leads: lead } = room(shown({ seatId: 'other' }));
  expect(lead()).toBe(false);
  slides.turn(2);
  expect(page()).toBe(5);
  tell(shown({ seatId: 'other', page: 4 }));
  expect(page()).toBe(5);
  slides.back();
  expect(page()).toBe(4);
  slides.turn(1);
  slides.turn(-1);
  expect(slides.state.get().own).toBeNull();
  expect(show).not.toHaveBeenCalled();
});

test('another deck, or none, ends the look at the old one', () => {
  const { slides, tell, page } = room(shown({ seatId: 'other' }));
  slides.turn(4);
  tell(shown({ seatId: 'other', deckId: 'e', pages: 2, page: 1 }));
  expect(page()).toBe(1);
  tell(null);
  expect(page()).toBeNull();
});

test('a moderator brings everybody to the page they look at, and may take the lead', () => {
  const { slides, show } = room(shown({ seatId: 'other' }));
  slides.turn(3);
  slides.bringAll(false);
  expect(show).toHaveBeenLastCalledWith({ deckId: 'd', page: 6, lead: false });
  const taking = room(shown({ seatId: 'other' }));
  taking.slides.bringAll(true);
  expect(taking.show).toHaveBeenLastCalledWith({ deckId: 'd', page: 3, lead: true });
});
