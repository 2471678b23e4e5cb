import type { ErrorPath } from '@blockwise/contracts';
import type { z } from 'zod';
import type { InputIssue } from './input-issues.ts';

/** The faults that a schema found, each with its place in the input. */
export function inputIssues(
  error: z.ZodError,
  inputPath: (path: ErrorPath) => ErrorPath,
): [InputIssue, ...InputIssue[]] {
  const [first, ...rest] = error.issues.flatMap(plainIssues).map(({ path, message }) => ({
    path: inputPath(path.map((part) => (typeof part === 'symbol' ? String(part) : part))),
    message,
  }));
  if (first === undefined) {
    throw new Error('a failed parse has no issue');
  }
  return [first, ...rest];
}

/**
 * What is wrong in terms of one alternative: a value that is none of several says only "Invalid
 * input", while the alternative of its own type says why.
 */
function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') {
    return [issue];
  }
  const alternative = issue.errors.find((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  return alternative === undefined
    ? [issue]
    : alternative
        .flatMap(plainIssues)
        .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}
