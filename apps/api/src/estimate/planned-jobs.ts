import { type Phase, phases, type SearchSpec } from '@blockwise/contracts';
import { spaceSize } from '@blockwise/dna';
import type { CostRanges } from '../cost-ranges.ts';
import {
  distilWork,
  latencyWork,
  rateWork,
  retrainWork,
  type Setting,
  teacherWork,
  verifyWork,
  type Work,
} from './job-work.ts';

/** A job that a search will have. */
export interface PlannedJob {
  readonly kind: Phase;
  /** Of distil and rate jobs, from 0. */
  readonly block?: number;
  readonly cell?: number;
  readonly work: Work;
}

type JobCounts = Partial<Readonly<Record<Phase, number>>>;

/** How many jobs of each kind a search has if nothing goes wrong, in the order of the phases. */
export function jobCounts(
  spec: SearchSpec,
  space: Setting['space'],
): { readonly phase: Phase; readonly jobs: number }[] {
  const cells = space.blocks.reduce((sum, block) => sum + block.cells.length, 0);
  const networks = networkCount(spec, space);
  const counts: JobCounts = {
    ...{ teacher: 1, latency: spec.latency === null ? 0 : 1, distil: cells, rate: cells, solve: 1 },
    ...{ retrain: networks * spec.retrain.seeds, verify: networks },
  };
  return phases
    .map((phase) => ({ phase, jobs: counts[phase] ?? 0 }))
    .filter(({ jobs }) => jobs > 0);
}

/**
 * The jobs with what they compute. Networks that are not known yet cost between the cheapest and the
 * most costly one that the constraints allow.
 *
 * @param ranges costs of the space's networks
 */
export function plannedJobs(setting: Setting, ranges: Pick<CostRanges, 'macs'>): PlannedJob[] {
  const { spec, space } = setting;
  const { constraints, latency, retrain } = spec;
  const cells = space.blocks.flatMap(({ cells: all }, block) =>
    all.map((_, cell) => ({ block, cell })),
  );
  const most = Math.max(
    ranges.macs.min,
    Math.min(ranges.macs.max, constraints.macs?.max ?? Number.POSITIVE_INFINITY),
  );
  const least = Math.min(most, Math.max(ranges.macs.min, constraints.macs?.min ?? 0));
  const between = (work: (macs: number) => number): Work => ({
    low: work(least),
    high: work(most),
  });
  const networks = networkCount(spec, space);
  const repeated = (count: number, job: PlannedJob) => Array.from({ length: count }, () => job);
  return [
    { kind: 'teacher', work: exactly(teacherWork(setting)) },
    ...(latency === null
      ? []
      : [{ kind: 'latency', work: exactly(latencyWork(setting, latency)) } as const]),
    ...cells.map(({ block, cell }) => ({
      ...{ kind: 'distil' as const, block, cell },
      work: distilWork(setting, block, cell),
    })),
    ...cells.map(({ block, cell }) => ({
      ...{ kind: 'rate' as const, block, cell },
      work: exactly(rateWork(setting, block, cell)),
    })),
    { kind: 'solve', work: exactly(1) },
    ...repeated(networks * retrain.seeds, {
      kind: 'retrain',
      work: between((macs) => retrainWork(setting, retrain, macs)),
    }),
    // The weights of every training are tested once more for the leaderboard.
    ...repeated(networks, {
      kind: 'verify',
      work: between((macs) => retrain.seeds * verifyWork(setting, macs)),
    }),
  ];
}

function networkCount({ retrain }: SearchSpec, space: Setting['space']): number {
  return Number([BigInt(retrain.networks), spaceSize(space)].reduce((a, b) => (a < b ? a : b)));
}

function exactly(work: number): Work {
  return { low: work, high: work };
}
