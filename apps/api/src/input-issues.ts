import { DomainError, type ErrorCode, type ErrorPath } from '@blockwise/contracts';

/** One fault of an input. */
export interface InputIssue {
  readonly path: ErrorPath;
  readonly message: string;
}

/** An input with several faults; `path` and `message` are those of the first. */
export class InputIssuesError extends DomainError {
  readonly issues: readonly InputIssue[];

  constructor(code: ErrorCode, issues: readonly [InputIssue, ...InputIssue[]]) {
    const [first] = issues;
    super(code, `${first.path.join('.')}: ${first.message}`, { path: first.path });
    this.issues = issues;
  }
}

/** Runs a check that knows only a part of the input, and puts its path under that part's. */
export function under<Result>(path: ErrorPath, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw placed(path, error);
  }
}

/** As {@link under}, for a check that takes a while. */
export async function underAsync<Result>(
  path: ErrorPath,
  check: () => Promise<Result>,
): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    throw placed(path, error);
  }
}

/** A fault of a part of the input as one of the whole; any other error as it is. */
export function placed<Thrown>(path: ErrorPath, error: Thrown): Thrown | DomainError {
  return error instanceof DomainError
    ? new DomainError(error.code, error.message, { path: [...path, ...error.path], cause: error })
    : error;
}
