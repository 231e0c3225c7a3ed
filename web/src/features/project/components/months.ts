import type { Passport, PassportCheckpoint } from '@/shared/api';

/** Months as whole numbers since year 0: `2017-04` is 24207, so that they can be added up. */
export function monthIndex(month: string): number {
  const [year = '0', number = '1'] = month.split('-');
  return Number(year) * 12 + Number(number) - 1;
}

export function monthAt(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The months that a chart shows: the project's term, widened to every checkpoint. */
export function spanOf(passport: Passport): { first: number; count: number } {
  const points = passport.stages.flatMap(({ checkpoints }) => checkpoints);
  const first = Math.min(monthIndex(passport.start), ...points.map(({ start }) => monthIndex(start)));
  const last = Math.max(monthIndex(passport.end), ...points.map(({ end }) => monthIndex(end)));
  return { first, count: Math.max(1, last - first + 1) };
}

export type Span = ReturnType<typeof spanOf>;
export type Term = { start: string; end: string };
/** What of a bar is taken hold of. */
export type Grip = 'whole' | 'start' | 'end';

/** Where a bar stands, in percent of the chart's width. */
export function place({ start, end }: Term, { first, count }: Span): { left: number; width: number } {
  const share = (months: number) => (months / count) * 100;
  return { left: share(monthIndex(start) - first), width: share(monthIndex(end) - monthIndex(start) + 1) };
}

/** Moves a bar, or one of its ends, by whole months; it never leaves the chart nor turns around. */
export function moved({ start, end }: Term, grip: Grip, by: number, { first, count }: Span): Term {
  const last = first + count - 1;
  let [from, to] = [monthIndex(start), monthIndex(end)];
  const within = (index: number, low: number, high: number) => Math.min(Math.max(index, low), high);
  if (grip === 'whole') {
    const step = within(by, first - from, last - to);
    [from, to] = [from + step, to + step];
  } else if (grip === 'start') {
    from = within(from + by, first, to);
  } else {
    to = within(to + by, from, last);
  }
  return { start: monthAt(from), end: monthAt(to) };
}

/** How many whole months a pointer was dragged over a chart of this width. */
export function dragged(pixels: number, width: number, { count }: Span): number {
  if (width <= 0) return 0;
  const months = Math.round((pixels / width) * count);
  return months === 0 ? 0 : months;
}

/** The passport with another term for one checkpoint. */
export function withTerm(passport: Passport, number: string, term: Term): Passport {
  const change = (point: PassportCheckpoint) => (point.number === number ? { ...point, ...term } : point);
  return {
    ...passport,
    stages: passport.stages.map((stage) => ({ ...stage, checkpoints: stage.checkpoints.map(change) })),
  };
}

/** The checkpoints whose term differs, by number. */
export function movedNumbers(before: Passport, after: Passport): string[] {
  const terms = new Map(before.stages.flatMap(({ checkpoints }) => checkpoints).map((one) => [one.number, one]));
  return after.stages
    .flatMap(({ checkpoints }) => checkpoints)
    .filter(({ number, start, end }) => {
      const old = terms.get(number);
      return old !== undefined && (old.start !== start || old.end !== end);
    })
    .map(({ number }) => number);
}
