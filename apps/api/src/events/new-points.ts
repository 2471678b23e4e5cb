import type { EventRow, RunRow } from '@blockwise/db';

/** New points of one curve, by step. */
export interface NewPoints {
  readonly jobId: string;
  readonly key: string;
  readonly steps: number[];
  readonly values: number[];
}

/** A job went on from an earlier step: what was measured behind it does not count any more. */
export interface CurveReset {
  readonly jobId: string;
  readonly afterStep: number;
}

export interface NewCurves {
  /** To be applied before the points. */
  readonly resets: readonly CurveReset[];
  readonly curves: readonly NewPoints[];
}

/** Which curves are asked for; undefined: all. */
export interface CurveChoice {
  readonly jobIds: ReadonlySet<string> | undefined;
  readonly keys: ReadonlySet<string> | undefined;
}

/**
 * Points that a row of events brought, merged curve by curve: one entry for each however many events
 * told of it. Points that a later event of the same row took back are left out.
 *
 * @param runsOf attempts at a job, asked only for jobs that were begun again
 */
export async function newCurves(
  rows: readonly EventRow[],
  { jobIds, keys }: CurveChoice,
  runsOf: (jobId: string) => Promise<readonly RunRow[]>,
): Promise<NewCurves> {
  const curves = new Map<string, NewPoints>();
  const resets = new Map<string, number>();
  for (const { event } of rows) {
    if (event.kind === 'CURVE_POINTS') {
      const { jobId, key } = event;
      if (jobIds?.has(jobId) === false || keys?.has(key) === false) continue;
      const curve = curves.get(`${jobId} ${key}`) ?? { jobId, key, steps: [], values: [] };
      curves.set(`${jobId} ${key}`, curve);
      for (const step of event.steps) curve.steps.push(step);
      for (const value of event.values) curve.values.push(value);
    }
    if (event.kind === 'JOB_CHANGED' && event.state === 'RUNNING' && event.attempt > 1) {
      const { jobId, attempt } = event;
      if (jobIds?.has(jobId) === false) continue;
      const run = (await runsOf(jobId)).find((each) => each.attempt === attempt);
      const afterStep = run?.resumedFromStep ?? null;
      // An attempt that has not said where it goes on tells it by another event.
      if (afterStep === null) continue;
      resets.set(jobId, Math.min(afterStep, resets.get(jobId) ?? afterStep));
      for (const curve of curves.values()) if (curve.jobId === jobId) cut(curve, afterStep);
    }
  }
  return {
    resets: [...resets].map(([jobId, afterStep]) => ({ jobId, afterStep })),
    curves: [...curves.values()].filter(({ steps }) => steps.length > 0),
  };
}

function cut({ steps, values }: NewPoints, afterStep: number): void {
  const first = steps.findIndex((step) => step > afterStep);
  if (first >= 0) {
    steps.length = first;
    values.length = first;
  }
}
