import type { StepPlan } from '../../packages/engine/bench/step-plan.ts';

/**
 * What a process that runs workloads is asked, a JSON line each on its standard input; it answers
 * with one line each on its standard output. It ends when its input does.
 */
export type Question =
  /** Starts what computes. */
  | { readonly ask: 'describe' }
  /** Opens a workload and warms it up; another program than the engine does it by its plan. */
  | { readonly ask: 'open'; readonly workload: string; readonly plan?: StepPlan }
  | { readonly ask: 'run'; readonly count: number };

export interface Description {
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
}

export interface Opened {
  /** Trained numbers; null where nothing is trained. */
  readonly params: number | null;
  /** Images of a run; null where there are none. */
  readonly images: number | null;
  /** What is to be said of it beside its times; absent: nothing. */
  readonly note?: string | null;
  /** How long the last run of the warm-up took; null where that was not a whole run. */
  readonly warmMs: number | null;
}

/** The time of one run. */
export interface Sample {
  readonly ms: number;
  /** Processor time of all threads: the fairer figure on a busy machine. */
  readonly cpuMs: number;
}

export interface Ran {
  readonly samples: readonly Sample[];
}

export interface Refused {
  readonly error: string;
}
