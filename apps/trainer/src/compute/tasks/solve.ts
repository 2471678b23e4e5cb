import {
  type Constraints,
  type LatencyTable,
  type Rating,
  type Solution,
  solve,
  spaceOf,
  type Task,
} from '@blockwise/dna';
import type { TaskContext } from '../task.ts';

export interface SolveRequest extends Task {
  /** Search space in its grammar, or the name of a preset. */
  readonly space: string;
  readonly ratings: readonly Rating[];
  readonly constraints: Constraints;
  /** How many networks are wanted. */
  readonly topK: number;
  /** Least number of layers in which any two of them differ. */
  readonly minDistance: number;
  /** Weight of each block's loss; null: all 1. */
  readonly lambdas: readonly number[] | null;
  /** Null: not measured. */
  readonly latency: LatencyTable | null;
}

export interface SolveResult {
  readonly solutions: Solution[];
}

/** The best networks under the constraints, exactly. */
export async function solveSearch(
  request: SolveRequest,
  { reporter }: TaskContext,
): Promise<SolveResult> {
  const { space, ratings, inputSize, classes, constraints, topK, minDistance } = request;
  const solutions = solve(spaceOf(space), { inputSize, classes }, ratings, {
    constraints,
    topK,
    minDistance,
    ...(request.lambdas === null ? {} : { lambdas: request.lambdas }),
    ...(request.latency === null ? {} : { latency: request.latency }),
  });
  reporter.progress(solutions.length, topK, 'networks');
  return { solutions };
}
