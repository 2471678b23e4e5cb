import { DomainError } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import type { ImageSet } from './dataset.ts';

export interface RatingSplit {
  /** Positions in the training part on which cells and networks train, ascending. */
  readonly train: Uint32Array;
  /** Positions on which candidates are rated, ascending; disjoint from `train`. */
  readonly rating: Uint32Array;
}

/**
 * Draws the rating set from the training part: seeded, stratified by class, disjoint from what
 * remains for training. At least one image of every class remains for training.
 *
 * @throws DomainError BAD_INPUT at `ratingPerClass` when a class has too few images
 */
export function splitRating(
  set: Pick<ImageSet, 'labels'>,
  { perClass, seed }: { readonly perClass: number; readonly seed: number | string },
): RatingSplit {
  const byClass = positionsByClass(set.labels);
  const isRating = new Uint8Array(set.labels.length);
  byClass.forEach((positions, label) => {
    if (positions.length === 0) return;
    if (perClass >= positions.length) {
      throw new DomainError(
        'BAD_INPUT',
        `${perClass} rating images per class leave none of the ${positions.length} images of class ${label} for training`,
        { path: ['ratingPerClass'] },
      );
    }
    const random = createRandom('rating-split', seed, label);
    // A partial Fisher-Yates shuffle: the first `perClass` entries are a uniform draw.
    for (let i = 0; i < perClass; i++) {
      const j = i + random.int(positions.length - i);
      const drawn = positions[j] as number;
      positions[j] = positions[i] as number;
      positions[i] = drawn;
      isRating[drawn] = 1;
    }
  });
  const where = (value: number) =>
    Uint32Array.from(isRating.keys()).filter((position) => isRating[position] === value);
  return { train: where(0), rating: where(1) };
}

function positionsByClass(labels: Uint8Array | Uint16Array): number[][] {
  const byClass: number[][] = [];
  labels.forEach((label, position) => {
    while (byClass.length <= label) byClass.push([]);
    byClass[label]?.push(position);
  });
  return byClass;
}
