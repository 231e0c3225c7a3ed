import { expect, test } from 'vitest';
import { commandFor, shortcuts } from './shortcuts';

function press(code: string, over: Partial<KeyboardEventInit> & { target?: Element } = {}) {
  return {
    code,
    key: over.key ?? '',
    shiftKey: over.shiftKey ?? false,
    ctrlKey: over.ctrlKey ?? false,
    metaKey: false,
    altKey: false,
    target: over.target ?? document.body,
  };
}

test('every key means what the table says', () => {
  for (const shortcut of shortcuts) {
    expect(commandFor(press(shortcut.code, { shiftKey: shortcut.shift ?? false }))).toBe(shortcut.command);
  }
});

test('no two commands share a key', () => {
  expect(new Set(shortcuts.map((shortcut) => shortcut.code + String(shortcut.shift))).size).toBe(shortcuts.length);
});

test('M under a Russian layout is still M', () => {
  expect(commandFor(press('KeyM', { key: 'ь' }))).toBe('microphone');
});

test('nothing happens while somebody types', () => {
  const input = document.createElement('textarea');
  expect(commandFor(press('KeyM', { target: input }))).toBeNull();
});

test('the browser keeps its own combinations', () => {
  expect(commandFor(press('KeyP', { ctrlKey: true }))).toBeNull();
});

test('space on a button presses the button', () => {
  expect(commandFor(press('Space', { target: document.createElement('button') }))).toBeNull();
  expect(commandFor(press('Space'))).toBe('talk');
});
