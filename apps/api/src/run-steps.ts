import type { RunRow } from '@blockwise/db';

/** Steps of a job, both inclusive. */
export interface Steps {
  readonly min: number;
  readonly max: number;
}

export const everyStep: Steps = {
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
};

/**
 * The steps of its job's curves that a run measured and that still count: behind the checkpoint from
 * which it went on, up to the one from which a later run did. Null for none: it ended before it went
 * on.
 *
 * @param runs all of the job, it among them
 */
export function stepsOfRun(run: RunRow, runs: readonly RunRow[]): Steps | null {
  if (run.attempt > 1 && run.resumedFromStep === null) return null;
  const later = runs
    .filter(({ attempt }) => attempt > run.attempt)
    .map(({ resumedFromStep }) => resumedFromStep ?? Number.POSITIVE_INFINITY);
  const min = run.resumedFromStep === null ? Number.NEGATIVE_INFINITY : run.resumedFromStep + 1;
  return { min, max: Math.min(Number.POSITIVE_INFINITY, ...later) };
}
