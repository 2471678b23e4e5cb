import { type ConstraintsSpec, type DatasetInfo, DomainError } from '@blockwise/contracts';
import { checkFeasible, checkFit, type Shape, spaceOf } from '@blockwise/dna';

/** What a search is after, as far as its images and its teacher decide whether it can be had. */
export interface SearchPlan {
  /** Search space in its grammar, or the name of a preset. */
  readonly space: string;
  readonly constraints: ConstraintsSpec;
}

/**
 * Checks, once the images are known and before hours go into the teacher and the cells, what only
 * they decide: the size of an image and the number of classes, which the head's cost depends on.
 * Bounds on latency wait until it is measured.
 *
 * @param cuts shapes of the teacher's feature maps, from its stem's output on
 * @throws DomainError SPACE_MISFIT when a cell does not fit the teacher's blocks, INFEASIBLE when
 *   no network of the space satisfies the constraints
 */
export function checkSearchPlan(
  plan: SearchPlan,
  cuts: readonly Shape[],
  { size, classes }: Pick<DatasetInfo, 'size' | 'classes'>,
): void {
  const space = spaceOf(plan.space);
  checkFit(space, cuts, size);
  const { latencyMs: _, ...counted } = plan.constraints;
  checkFeasible(space, { inputSize: size, classes: classes.length }, counted);
}

/**
 * @param path of the field that names the teacher
 * @throws DomainError SPEC_INVALID when a teacher for other images or classes is to be used
 */
export function checkSameImages(
  { size, classes }: Pick<DatasetInfo, 'size' | 'classes'>,
  teacher: { readonly imageSize: number; readonly classes: readonly string[] },
  path: readonly string[],
): void {
  if (size !== teacher.imageSize) {
    throw new DomainError(
      'SPEC_INVALID',
      `The teacher knows images of ${teacher.imageSize} pixels, not of ${size}.`,
      { path },
    );
  }
  if (JSON.stringify(classes) !== JSON.stringify(teacher.classes)) {
    throw new DomainError(
      'SPEC_INVALID',
      `The teacher knows the classes ${teacher.classes.join(', ')}; the images have ${classes.join(', ')}.`,
      { path },
    );
  }
}
