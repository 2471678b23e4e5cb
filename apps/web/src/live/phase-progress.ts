import type { Phase } from '@blockwise/client';
import type { SearchDetail } from './apply-event.ts';

type Job = SearchDetail['jobs'][number];

/** In the order in which a search passes through them. */
export const phaseOrder: readonly Phase[] = ['TEACHER', 'DISTIL', 'RATE', 'SOLVE', 'RETRAIN'];

/** Share of a job that is done, 0..1. */
export function jobShare(job: Job | undefined): number {
  if (job === undefined) return 0;
  if (job.state === 'COMPLETE') return 1;
  return job.progress ? job.progress.done / Math.max(1, job.progress.total) : 0;
}

/** Share of a phase that is done, 0..1; cells and networks weigh alike. */
export function phaseShare(search: SearchDetail, phase: Phase): number {
  const jobs = search.jobs.filter((job) => job.kind === phase);
  const expected = Math.max(jobs.length, expectedJobs(search, phase));
  return jobs.reduce((sum, job) => sum + jobShare(job), 0) / Math.max(1, expected);
}

function expectedJobs(search: SearchDetail, phase: Phase): number {
  const cells = search.blocks.reduce((sum, block) => sum + block.cells.length, 0);
  switch (phase) {
    case 'TEACHER':
    case 'SOLVE':
      return 1;
    case 'DISTIL':
    case 'RATE':
      return cells;
    case 'RETRAIN':
      return Math.max(1, search.networks.length);
    default:
      return phase satisfies never;
  }
}

/** Seconds until the job is done at its present rate; undefined while unknown. */
export function secondsLeft(job: Job | undefined): number | undefined {
  if (job?.state !== 'RUNNING' || !job.progress?.perSecond) return undefined;
  return (job.progress.total - job.progress.done) / job.progress.perSecond;
}
