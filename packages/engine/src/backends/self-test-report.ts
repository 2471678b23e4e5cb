import type { EngineName } from '@blockwise/contracts';

/** How far an engine's results were from PyTorch's. */
export interface OracleReport {
  /** The largest relative error of any output, loss, gradient, statistic or updated parameter. */
  readonly worstError: number;
  /** What that is of, as `FIXTURE: NAME`. */
  readonly worstOf: string;
  readonly tolerance: number;
  readonly passed: boolean;
}

/** What an engine's self-test found. */
export interface SelfTestReport {
  readonly name: EngineName;
  /** Whether the engine opens here; what it computes is judged by `oracle`. */
  readonly available: boolean;
  /** Why it is not to be used, in a sentence; null for an engine that passed. */
  readonly reason: string | null;
  readonly device: string | null;
  readonly onGpu: boolean;
  readonly versions: Readonly<Record<string, string>> | null;
  readonly oracle: OracleReport | null;
  /** Median milliseconds of one distillation step of the bench cell; null where it was not timed. */
  readonly stepMs: number | null;
  /** Images in a timed step: 32, or 1 on an engine that would take minutes. */
  readonly stepBatch: number | null;
}

/** Whether an engine may train: it opens, and computes what PyTorch computes. */
export function passed({ available, oracle }: SelfTestReport): boolean {
  return available && oracle?.passed === true;
}

/** The report of an engine that does not open, or whose process crashed. */
export function unavailable(name: EngineName, reason: string): SelfTestReport {
  return {
    ...{ name, available: false, reason, device: null, onGpu: false, versions: null },
    ...{ oracle: null, stepMs: null, stepBatch: null },
  };
}
