import type { Phase, SearchDetail } from '@blockwise/client';

type Job = SearchDetail['jobs'][number];

/** In the order in which a search passes through them. */
const phaseOrder: readonly Phase[] = [
  'TEACHER',
  'LATENCY',
  'DISTIL',
  'RATE',
  'SOLVE',
  'RETRAIN',
  'CUT',
  'EXPORT',
  'VERIFY',
  'MAPS',
];
/** Only there where somebody asks for them, or after the search. */
const askedFor: ReadonlySet<Phase> = new Set<Phase>(['LATENCY', 'CUT', 'EXPORT', 'VERIFY', 'MAPS']);

/** The phases of a search, in order: latencies are measured, weights cut and exported only where asked for. */
export function phasesOf(search: Pick<SearchDetail, 'jobs'>): readonly Phase[] {
  return phaseOrder.filter(
    (phase) => !askedFor.has(phase) || search.jobs.some((job) => job.kind === phase),
  );
}

/** Share of a job that is done, 0..1. */
export function jobShare(job: Pick<Job, 'state' | 'progress'> | undefined): number {
  if (job === undefined) return 0;
  if (job.state === 'COMPLETE') return 1;
  return job.progress ? job.progress.done / Math.max(1, job.progress.total) : 0;
}

/**
 * Share of a phase that is done, 0..1; cells and trainings weigh alike. Trainings that were asked
 * for after the search are not of its pipeline.
 */
export function phaseShare(
  search: Pick<SearchDetail, 'jobs' | 'blocks' | 'networks'>,
  phase: Phase,
): number {
  const found = new Set(search.networks.map(({ id }) => id));
  const jobs = search.jobs.filter(
    (job) => job.kind === phase && (phase !== 'RETRAIN' || found.has(job.network?.id ?? '')),
  );
  const expected = Math.max(jobs.length, expectedJobs(search, phase));
  return jobs.reduce((sum, job) => sum + jobShare(job), 0) / Math.max(1, expected);
}

function expectedJobs(search: Pick<SearchDetail, 'blocks' | 'networks'>, phase: Phase): number {
  switch (phase) {
    case 'TEACHER':
    case 'LATENCY':
    case 'SOLVE':
    case 'CUT':
    case 'EXPORT':
    case 'VERIFY':
    case 'MAPS':
      return 1;
    case 'DISTIL':
    case 'RATE':
      return search.blocks.reduce((sum, block) => sum + block.cells.length, 0);
    case 'RETRAIN':
      return search.networks.reduce((sum, network) => sum + network.retrainings.length, 0);
    default:
      return phase satisfies never;
  }
}

/** Seconds until the job is done at its present rate; undefined while unknown. */
export function secondsLeft(job: Job | undefined): number | undefined {
  if (job?.state !== 'RUNNING' || !job.progress?.perSecond) return undefined;
  return (job.progress.total - job.progress.done) / job.progress.perSecond;
}
