import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useDraft } from './useDraft';

const defaults = { title: '', guests: true };

test('what was typed is there again after a reload', () => {
  const before = renderHook(() => useDraft('meeting', defaults));
  before.result.current.keep({ title: 'Педсовет', guests: false });
  before.unmount();
  const after = renderHook(() => useDraft('meeting', defaults));
  expect(after.result.current.restored).toBe(true);
  expect(after.result.current.initial).toEqual({ title: 'Педсовет', guests: false });
});

test('a sent form starts empty the next time', () => {
  const before = renderHook(() => useDraft('meeting', defaults));
  before.result.current.keep({ title: 'Педсовет', guests: false });
  before.result.current.forget();
  before.unmount();
  expect(renderHook(() => useDraft('meeting', defaults)).result.current.initial).toEqual(defaults);
});

test('a draft of an older version keeps the new fields at their defaults', () => {
  window.localStorage.setItem('kafedra.draft.meeting', '{"title":"Совещание"}');
  const { result } = renderHook(() => useDraft('meeting', defaults));
  expect(result.current.initial).toEqual({ title: 'Совещание', guests: true });
});

test('a spoiled draft is no draft', () => {
  window.localStorage.setItem('kafedra.draft.meeting', '{"title":');
  expect(renderHook(() => useDraft('meeting', defaults)).result.current.restored).toBe(false);
});
