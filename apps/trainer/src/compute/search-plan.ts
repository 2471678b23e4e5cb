import { type DatasetInfo, DomainError, type SearchSpec } from '@blockwise/contracts';
import { checkFeasible, checkFit, type Shape, spaceOf } from '@blockwise/dna';

/** What a search is after, as far as its images and its teacher decide whether it can be had. */
export type SearchPlan = Pick<SearchSpec, 'space' | 'constraints' | 'rating' | 'retrain'>;

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
 * Checks that the teacher can do what it is to be used for beside its features.
 *
 * @param known how many classes it tells apart; null: it is no classifier
 * @throws DomainError SPEC_INVALID
 */
export function checkTeacherUse(
  { rating, retrain }: SearchPlan,
  known: number | null,
  { classes }: Pick<DatasetInfo, 'classes'>,
): void {
  const knows = `it tells ${known ?? 'no'} classes apart, the images have ${classes.length}`;
  const { measure } = rating;
  if (
    (measure === 'replaceKl' && known === null) ||
    (measure === 'replaceError' && known !== classes.length)
  ) {
    throw new DomainError('SPEC_INVALID', `The teacher cannot rate by ${measure}: ${knows}.`, {
      path: ['rating', 'measure'],
    });
  }
  if ((retrain.globalDistil?.logitWeight ?? 0) > 0 && known !== classes.length) {
    throw new DomainError('SPEC_INVALID', `The teacher's logits cannot be distilled: ${knows}.`, {
      path: ['retrain', 'globalDistil', 'logitWeight'],
    });
  }
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
