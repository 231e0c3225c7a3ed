import { useEffect, useState } from 'react';
import { addDays, startOfDay } from './dates';

/** The start of the local day; changes at midnight for a page left open. */
export function useToday(): Date {
  const [today, setToday] = useState(() => startOfDay(new Date()));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = new Date();
      if (now >= addDays(today, 1)) setToday(startOfDay(now));
    }, 60_000);
    return () => clearInterval(timer);
  }, [today]);
  return today;
}
