import { useEffect, useRef } from 'react';
import { type Command, commandFor } from '../call/shortcuts';

/** Runs `onCommand` for the keys of the table; `talk` comes twice, with `held` true and false. */
export function useShortcuts(onCommand: (command: Command, held: boolean) => void): void {
  const latest = useRef(onCommand);
  useEffect(() => {
    latest.current = onCommand;
  });
  useEffect(() => {
    let talking = false;
    const down = (event: KeyboardEvent) => {
      const command = commandFor(event);
      if (!command) return;
      event.preventDefault();
      if (command === 'talk') {
        if (!event.repeat && !talking) {
          talking = true;
          latest.current('talk', true);
        }
      } else if (!event.repeat) latest.current(command, true);
    };
    const quiet = () => {
      if (talking) latest.current('talk', false);
      talking = false;
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === 'Space') quiet();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    // A key let go of in another window is never told to this one.
    window.addEventListener('blur', quiet);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', quiet);
    };
  }, []);
}
