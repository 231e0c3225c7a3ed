import type { ReactNode } from 'react';
import { Box } from '@/shared/ui';
import classes from './tables.module.css';

/** What is wider than a phone: it is scrolled on its own, by the keyboard too. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box className={classes.frame} role="region" aria-label={label} tabIndex={0}>
      {children}
    </Box>
  );
}
