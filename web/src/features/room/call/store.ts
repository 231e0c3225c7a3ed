import { useSyncExternalStore } from 'react';

/** A value that can be watched. Whoever sets it decides what «changed» means: the same reference is no change. */
export interface Readable<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface Store<T> extends Readable<T> {
  readonly set: (next: T) => void;
  readonly update: (change: (now: T) => T) => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/** `select` must return something stable for the same state: a field, a primitive, never a fresh object. */
export function useSelected<T, R>(store: Readable<T>, select: (state: T) => R): R {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
