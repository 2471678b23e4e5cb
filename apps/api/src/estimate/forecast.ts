import type { Phase } from '@blockwise/contracts';
import type { Facilities } from './facilities.ts';
import type { PlannedJob } from './planned-jobs.ts';
import type { TimedKind } from './speed.ts';

/** Seconds, if all goes well and if all goes slowly. */
export interface Seconds {
  readonly low: number;
  readonly high: number;
}

export interface PhaseForecast {
  readonly phase: Phase;
  readonly jobs: number;
  /** Of all its jobs together. */
  readonly seconds: Seconds;
  readonly isMeasured: boolean;
}

export interface Forecast {
  readonly phases: readonly PhaseForecast[];
  /** Of all jobs together: what trainers' slots spend. */
  readonly computing: Seconds;
  /** From the first job's begin to the last one's end, if nothing else is to be done. */
  readonly lasting: Seconds;
  readonly isMeasured: boolean;
}

/**
 * How long the jobs of one search take on so many slots: the teacher first, then the cells (block by
 * block where a block needs the one before), the exact search, the trainings, the tests.
 *
 * @param features work of the teacher's features, which the first cells of every trainer compute
 */
export function forecast(
  jobs: readonly PlannedJob[],
  features: number,
  isByBlock: boolean,
  { slots, trainers, speedOf }: Pick<Facilities, 'slots' | 'trainers' | 'speedOf'>,
): Forecast {
  const low = sideOf(jobs, ({ kind, work }) => work.low / speedOf(kind).fast);
  const high = sideOf(jobs, ({ kind, work }) => work.high / speedOf(kind).slow);
  const cells = jobs.filter(({ kind }) => kind === 'distil').length;
  const ofFeatures: Seconds = {
    low: features / speedOf('features').fast,
    high: (features * Math.min(trainers, cells)) / speedOf('features').slow,
  };
  const kinds = [...new Set(jobs.map(({ kind }) => kind))];
  const phases = kinds.map((phase): PhaseForecast => {
    const extra = phase === 'distil' ? ofFeatures : { low: 0, high: 0 };
    const timed: readonly TimedKind[] = phase === 'distil' ? ['distil', 'features'] : [phase];
    return {
      phase,
      jobs: jobs.filter(({ kind }) => kind === phase).length,
      seconds: { low: low.total(phase) + extra.low, high: high.total(phase) + extra.high },
      isMeasured: timed.every((kind) => speedOf(kind).isMeasured),
    };
  });
  return {
    phases,
    computing: {
      low: phases.reduce((sum, { seconds }) => sum + seconds.low, 0),
      high: phases.reduce((sum, { seconds }) => sum + seconds.high, 0),
    },
    lasting: {
      low: low.lasting(slots, isByBlock) + ofFeatures.low / Math.min(slots, Math.max(cells, 1)),
      high:
        high.lasting(slots, isByBlock) + ofFeatures.high / Math.min(trainers, Math.max(cells, 1)),
    },
    isMeasured: phases.every((phase) => phase.isMeasured),
  };
}

/** One of the two cases, every job with its seconds. */
function sideOf(jobs: readonly PlannedJob[], secondsOf: (job: PlannedJob) => number) {
  const timed = jobs.map((job) => ({ ...job, seconds: secondsOf(job) }));
  const of = (...kinds: Phase[]) => timed.filter(({ kind }) => kinds.includes(kind));
  return {
    total: (kind: Phase): number => of(kind).reduce((sum, { seconds }) => sum + seconds, 0),
    lasting(slots: number, isByBlock: boolean): number {
      const cells = of('distil', 'rate');
      const waves = isByBlock
        ? [...new Set(cells.map(({ block }) => block))].map((block) =>
            cells.filter((cell) => cell.block === block),
          )
        : [cells];
      const [first = [], ...later] = waves;
      // The latency table is measured beside the first cells.
      const stages = [of('teacher'), [...first, ...of('latency')], ...later, of('solve')];
      return [...stages, of('retrain'), of('verify')]
        .map((stage) => secondsOnSlots(stage, slots))
        .reduce((sum, seconds) => sum + seconds, 0);
    },
  };
}

/** How long jobs take on so many slots when the longest that is left begins first. */
export function secondsOnSlots(
  jobs: readonly { readonly seconds: number }[],
  slots: number,
): number {
  const ends = new Array<number>(Math.min(slots, Math.max(jobs.length, 1))).fill(0);
  const longestFirst = jobs.map(({ seconds }) => seconds).sort((a, b) => b - a);
  for (const seconds of longestFirst) {
    const earliest = ends.indexOf(Math.min(...ends));
    ends[earliest] = (ends[earliest] ?? 0) + seconds;
  }
  return Math.max(...ends);
}
