import { useMemo } from 'react';
import { readKept, writeKept } from './kept';

type Draft<Values> = {
  /** What the form starts with: the kept draft, else the defaults. */
  initial: Values;
  /** True when `initial` comes from a draft. */
  restored: boolean;
  /** Give it to the form's `onValuesChange`. */
  keep: (values: Values) => void;
  /** Call it when the form was sent or thrown away. */
  forget: () => void;
};

/**
 * Keeps what was typed into a form on this device until it is sent: a reload, a closed tab or an expired
 * session loses nothing. Never used with passwords.
 */
export function useDraft<Values extends object>(key: string, defaults: Values): Draft<Values> {
  const storageKey = `kafedra.draft.${key}`;
  return useMemo(() => {
    const kept = parse<Values>(readKept(storageKey));
    return {
      initial: kept ? { ...defaults, ...kept } : defaults,
      restored: kept !== null,
      keep: (values) => writeKept(storageKey, JSON.stringify(values)),
      forget: () => writeKept(storageKey, null),
    };
    // The defaults count once, when the form opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [storageKey]);
}

function parse<Values>(text: string | null): Partial<Values> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Partial<Values>) : null;
  } catch {
    return null;
  }
}
