/** One row of a list in place of another; the list itself stays as it was. */
export function replaced<Row>(rows: readonly Row[], place: number, row: Row): Row[] {
  return rows.map((old, at) => (at === place ? row : old));
}

export function without<Row>(rows: readonly Row[], place: number): Row[] {
  return rows.filter((_, at) => at !== place);
}

/** The next free number of a list. */
export function nextNumber(numbers: number[]): number {
  return Math.max(0, ...numbers) + 1;
}
