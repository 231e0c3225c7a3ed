/**
 * Waits between attempts to come back, in milliseconds. The first try is at once, and the longest wait is kept
 * short, so that a person is back within five seconds of the network's return even where the browser never says
 * that it returned. The random part keeps a school's thirty laptops from knocking in step.
 */
const STEPS = [0, 300, 700, 1200, 2000, 2500] as const;

export function waitBefore(attempt: number, random: () => number = Math.random): number {
  const step = STEPS[Math.min(attempt, STEPS.length - 1)] ?? 0;
  return step === 0 ? 0 : Math.round(step * (0.8 + 0.4 * random()));
}
