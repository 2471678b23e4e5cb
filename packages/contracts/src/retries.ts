import type { ErrorCode } from './errors.ts';

/**
 * What is done about a job whose attempt ended by a fault.
 *
 * - `NEVER`: the same again would fail the same; job and search are FAILED.
 * - `AGAIN`: of the machine or the moment; another attempt is made after a wait, while retries last.
 * - `ELSEWHERE`: of the machine's size; once more, by a trainer that has not tried it, if one is there.
 */
export type Retry = 'NEVER' | 'AGAIN' | 'ELSEWHERE';

/**
 * By the code that an attempt ended with. Two faults are no job's and count nothing: a database that is
 * away, which trainers wait for, and a full disk, whose trainer hands the job back.
 */
export const retryOf = {
  BAD_INPUT: 'NEVER',
  SPEC_INVALID: 'NEVER',
  SPACE_SYNTAX: 'NEVER',
  SPACE_MISFIT: 'NEVER',
  DATASET_NOT_FOUND: 'NEVER',
  DATASET_CORRUPT: 'NEVER',
  WEIGHTS_NOT_FOUND: 'NEVER',
  WEIGHTS_MISMATCH: 'NEVER',
  UNAUTHENTICATED: 'NEVER',
  FORBIDDEN: 'NEVER',
  RATE_LIMITED: 'AGAIN',
  TOO_COMPLEX: 'NEVER',
  TIMEOUT: 'AGAIN',
  NOT_FOUND: 'NEVER',
  CONFLICT: 'NEVER',
  INFEASIBLE: 'NEVER',
  NOT_READY: 'NEVER',
  ATTEMPT_STALE: 'NEVER',
  CANCELLED: 'NEVER',
  // The seed decides it.
  DIVERGED: 'NEVER',
  OUT_OF_MEMORY: 'ELSEWHERE',
  ARTIFACT_MISSING: 'NEVER',
  ENGINE_UNAVAILABLE: 'AGAIN',
  UNAVAILABLE: 'AGAIN',
  INTERNAL: 'AGAIN',
} as const satisfies Record<ErrorCode, Retry>;

/** How long a job waits for its next attempt, seconds, after it has used so many retries: 1, 4, 16 times `first`. */
export function retryWaitSeconds(first: number, retries: number): number {
  return first * 4 ** retries;
}
