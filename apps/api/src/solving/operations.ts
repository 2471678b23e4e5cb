import type { ErrorCode, ErrorPath } from '@blockwise/contracts';
import {
  checkFeasible,
  createRandom,
  fitLambdas,
  paretoFront,
  type RankReport,
  type RankReportOptions,
  type RankTableFormat,
  type RankTableOptions,
  rankReport,
  readRankTable,
  type SampledNetwork,
  type SearchSpace,
  sampleNetworks,
  solve,
  type Task,
} from '@blockwise/dna';
import { costRanges } from '../cost-ranges.ts';

/** What takes so long that it must not hold up other requests; arguments and answers are data. */
export const operations = {
  costRanges,
  fitLambdas,
  rankReport,
  solve,
  paretoFront,
  checkFeasible,
  tableReport(
    text: string,
    format: RankTableFormat,
    reading: RankTableOptions,
    options: RankReportOptions,
  ): RankReport {
    return rankReport(readRankTable(text, format, reading), options);
  },
  sampleNetworks(
    space: SearchSpace,
    task: Task,
    count: number,
    seed: readonly (string | number)[],
    options: { macs?: { min: number; max: number } },
  ): SampledNetwork[] {
    return sampleNetworks(space, task, count, createRandom(...seed), options);
  },
} as const;

export type Operations = typeof operations;

/** To the thread. */
export interface Asked {
  readonly id: number;
  readonly name: keyof Operations;
  readonly args: readonly unknown[];
}

/** A DomainError as data. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: ErrorPath;
  readonly nearest: number | undefined;
}

/** From the thread; errors lose their class on the way. */
export type Answered = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly refusal: Refusal }
  | { readonly fault: string }
);
