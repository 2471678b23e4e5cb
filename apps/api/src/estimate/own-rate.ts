import type { JobRow } from '@blockwise/db';
import type { Seconds } from './forecast.ts';

/** How far the rate of a job under way may be off, either way: as of a finished one. */
const doubt = 1.2;

export type TimedJob = Pick<JobRow, 'kind' | 'state' | 'progress' | 'attempt' | 'startedAt'>;

/** Whether a job has begun with its work: reading the images comes before, and says nothing about it. */
export function isAtWork({ state, progress: { total, unit } }: TimedJob): boolean {
  return state === 'RUNNING' && total > 0 && unit !== 'images';
}

/** What is left of a job under way by the rate that it reports, or had so far; null where it has none. */
export function restByOwnRate(job: TimedJob): Seconds | null {
  const { progress, attempt, startedAt } = job;
  const { done, total } = progress;
  if (!isAtWork(job)) return null;
  const seconds = startedAt === null ? 0 : (Date.now() - startedAt.getTime()) / 1000;
  // An attempt after the first one goes on from a checkpoint: nobody knows since when.
  const soFar = attempt === 1 && seconds > 0 ? done / seconds : 0;
  const rate = progress.perSecond ?? soFar;
  if (rate <= 0) return null;
  const rest = Math.max(0, total - done) / rate;
  return { low: rest / doubt, high: rest * doubt };
}
