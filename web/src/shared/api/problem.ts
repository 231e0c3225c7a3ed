/** RFC 9457 problem details as the server sends them, or as the client makes them when no answer came. */
export type Problem = {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  errors?: { field: string; code: string; detail: string }[];
  /** With `edit.stale`: the record as it is now. */
  current?: unknown;
};

/** A call that failed. `problem.code` is stable and may be shown to support. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code);
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** What the server says of each field of a form, by the field's name. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.problem.errors ?? []).map((error) => [error.field, error.detail]));
  }
}

/** True for a failure with this stable code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}
