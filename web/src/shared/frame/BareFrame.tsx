import type { ReactNode } from 'react';
import classes from './Frame.module.css';
import { FrameTools } from './FrameTools';
import { Wordmark } from './Wordmark';

/** The frame of a page without navigation: sign-in, an invitation, the page before a call. */
export function BareFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.bare}>
      <header className={classes.bareTop}>
        <Wordmark />
        <FrameTools />
      </header>
      <main className={classes.bareMain}>{children}</main>
    </div>
  );
}
