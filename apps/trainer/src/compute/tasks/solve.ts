import {
  type Constraints,
  parseSpace,
  type Rating,
  type Solution,
  solve,
  type Task,
} from '@blockwise/dna';
import type { TaskContext } from '../task.ts';

export interface SolveRequest extends Task {
  /** Search space in its grammar. */
  readonly space: string;
  readonly ratings: readonly Rating[];
  readonly constraints: Constraints;
  /** How many networks are wanted. */
  readonly topK: number;
}

export interface SolveResult {
  readonly solutions: Solution[];
}

/** The best networks under the constraints, exactly. */
export async function solveSearch(
  { space, ratings, constraints, topK, inputSize, classes }: SolveRequest,
  { reporter }: TaskContext,
): Promise<SolveResult> {
  const solutions = solve(parseSpace(space), { inputSize, classes }, [...ratings], {
    constraints,
    topK,
  });
  reporter.progress(solutions.length, topK, 'networks');
  return { solutions };
}
