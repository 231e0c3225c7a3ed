import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env['KAFEDRA_BENCH_FOLDER'] ?? fileURLToPath(new URL('../../target/bench', import.meta.url));

/** One measured figure, as every benchmark of the project writes it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value should be, such as `<= 1000`; null where it is only noted. */
  readonly goal: string | null;
  /** Whether it is; true where there is no goal. */
  readonly holds: boolean;
}

export function noted(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, goal: null, holds: true };
}

export function atMost(name: string, value: number, unit: string, most: number): Figure {
  return { name, value: rounded(value), unit, goal: `<= ${most}`, holds: value <= most };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Prints the figures as a table and writes them to `target/bench/<bench>.json`. */
export function report(bench: string, figures: readonly Figure[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${bench}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  for (const { name, value, unit, goal, holds } of figures) {
    const verdict = goal === null ? '' : holds ? 'holds' : 'MISSED';
    console.log(`${name.padEnd(58)} ${String(value).padStart(10)} ${unit.padEnd(14)} ${(goal ?? '').padEnd(10)} ${verdict}`);
  }
}

export function benchFile(name: string): string {
  return path.join(folder, name);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
