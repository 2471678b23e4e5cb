import type { SearchDetail } from '@blockwise/client';

interface Trained {
  readonly jobs: readonly Pick<
    SearchDetail['jobs'][number],
    'kind' | 'state' | 'startedAt' | 'finishedAt' | 'retraining'
  >[];
  readonly networks: readonly {
    readonly retrainings: readonly { readonly id: string; readonly spec: unknown }[];
  }[];
}

/**
 * Seconds of a trainer that one epoch of one network took in a search's own trainings, in the mean;
 * undefined while none is done.
 */
export function secondsPerEpoch({ jobs, networks }: Trained): number | undefined {
  const epochs = new Map(
    networks.flatMap(({ retrainings }) => retrainings.map(({ id, spec }) => [id, epochsOf(spec)])),
  );
  let seconds = 0;
  let count = 0;
  for (const job of jobs) {
    if (job.kind !== 'RETRAIN' || job.state !== 'COMPLETE') continue;
    const trained = epochs.get(job.retraining?.id ?? '');
    if (trained === undefined || job.startedAt == null || job.finishedAt == null) continue;
    seconds += (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000;
    count += trained;
  }
  return count === 0 ? undefined : seconds / count;
}

function epochsOf(spec: unknown): number | undefined {
  if (typeof spec !== 'object' || spec === null || !('epochs' in spec)) return undefined;
  return typeof spec.epochs === 'number' ? spec.epochs : undefined;
}
