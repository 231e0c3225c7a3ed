/**
 * Every key of the call, in one table: the handler and the help dialog read the same lines. Keys are physical
 * (`code`), so that M is M under a Russian layout too.
 */
export type Command =
  | 'microphone'
  | 'camera'
  | 'screen'
  | 'hand'
  | 'chat'
  | 'people'
  | 'layout'
  | 'fullscreen'
  | 'picture'
  | 'settings'
  | 'nextPage'
  | 'previousPage'
  | 'help'
  | 'talk';

export interface Shortcut {
  readonly command: Command;
  readonly code: string;
  readonly shift?: boolean;
  /** How the key is called in the help. */
  readonly shown: string;
}

export const shortcuts: readonly Shortcut[] = [
  { command: 'microphone', code: 'KeyM', shown: 'M' },
  { command: 'talk', code: 'Space', shown: 'Space' },
  { command: 'camera', code: 'KeyV', shown: 'V' },
  { command: 'screen', code: 'KeyS', shown: 'S' },
  { command: 'hand', code: 'KeyH', shown: 'H' },
  { command: 'chat', code: 'KeyC', shown: 'C' },
  { command: 'people', code: 'KeyP', shown: 'P' },
  { command: 'layout', code: 'KeyL', shown: 'L' },
  { command: 'fullscreen', code: 'KeyF', shown: 'F' },
  { command: 'picture', code: 'KeyI', shown: 'I' },
  { command: 'settings', code: 'KeyO', shown: 'O' },
  { command: 'nextPage', code: 'PageDown', shown: 'Page Down' },
  { command: 'previousPage', code: 'PageUp', shown: 'Page Up' },
  { command: 'help', code: 'Slash', shift: true, shown: '?' },
];

interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: EventTarget | null;
}

/** The command a key press means, or null: while typing, with a modifier, or on a control that wants the key itself. */
export function commandFor(press: KeyPress): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const element = press.target instanceof Element ? press.target : null;
  if (element && isTyping(element)) return null;
  // «?» stands on different keys of different layouts.
  if (press.key === '?') return 'help';
  const found = shortcuts.find(
    (shortcut) => shortcut.code === press.code && Boolean(shortcut.shift) === press.shiftKey,
  );
  if (!found) return null;
  // The space bar presses whatever button has the focus; it is push-to-talk only where nothing else wants it.
  if (found.command === 'talk' && element?.closest('button, a, [role="menuitem"], summary, [role="slider"]')) return null;
  return found.command;
}

/** Whether an element wants the keys for itself. */
export function isTyping(element: Element): boolean {
  return (
    element.closest(
      'input:not([type="checkbox"]):not([type="radio"]):not([type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="dialog"], [role="menu"], [role="listbox"]',
    ) !== null
  );
}
