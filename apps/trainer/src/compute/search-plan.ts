import type { DatasetInfo } from '@blockwise/contracts';
import {
  type Constraints,
  checkFeasible,
  checkFit,
  parseNetwork,
  parseSpace,
} from '@blockwise/dna';

/** What a search is after, as far as its images and its teacher decide whether it can be had. */
export interface SearchPlan {
  /** Search space in its grammar. */
  readonly space: string;
  readonly constraints: Constraints;
}

/**
 * Checks, once the images are known and before hours go into the teacher and the cells, what only
 * they decide: the size of an image and the number of classes, which the head's cost depends on.
 *
 * @param teacher its architecture, in the grammar
 * @throws DomainError SPACE_MISFIT when a cell does not fit the teacher's blocks, INFEASIBLE when
 *   no network of the space satisfies the constraints
 */
export function checkSearchPlan(
  plan: SearchPlan,
  teacher: string,
  { size, classes }: Pick<DatasetInfo, 'size' | 'classes'>,
): void {
  const space = parseSpace(plan.space);
  checkFit(space, parseNetwork(teacher), size);
  checkFeasible(space, { inputSize: size, classes: classes.length }, plan.constraints);
}
