import type { ReactNode } from 'react';
import classes from './Filters.module.css';

/** The row of filters above a register. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <div className={classes.filters} role="search">
      {children}
    </div>
  );
}
