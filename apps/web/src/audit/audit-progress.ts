import type { SearchDetail } from '@blockwise/client';

/** How many trainings of a search have ended, well or not: an audit has changed when this has. */
export function trainingsEnded(jobs: SearchDetail['jobs']): number {
  return jobs.filter(
    ({ kind, state }) => kind === 'RETRAIN' && state !== 'QUEUED' && state !== 'RUNNING',
  ).length;
}
