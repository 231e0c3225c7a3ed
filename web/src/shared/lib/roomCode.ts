/**
 * The code of a room out of what a person pasted or typed: a whole link, a code with or without hyphens,
 * in any case. Null when there is no code in it.
 */
export function roomCodeOf(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const fromLink = /\/r\/([a-z-]{10,14})/.exec(text)?.[1];
  const letters = (fromLink ?? text).replace(/[\s–—-]/g, '');
  if (!/^[a-z]{10}$/.test(letters)) return null;
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}
