import type { HeldJob } from '../jobs/job-source.ts';

/** Images of a step of the attempt's training; null where it trains nothing. */
export function batchOf({
  job,
  search,
  retraining,
}: Pick<HeldJob, 'job' | 'search' | 'retraining'>): number | null {
  const { teacher, distil } = search.spec;
  switch (job.kind) {
    case 'teacher':
      return teacher.kind === 'train' ? (teacher.training?.batch ?? null) : null;
    case 'distil':
      return distil.batch;
    case 'retrain':
      return retraining?.training.batch ?? null;
    default:
      return null;
  }
}
