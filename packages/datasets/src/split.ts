import { DomainError } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import type { ImageSet } from './dataset.ts';

/** The rating part's extent: images of every class, or of all classes together. */
export type RatingExtent = { readonly perClass: number } | { readonly size: number };

export interface RatingSplit {
  /** Positions in the training part on which cells and networks train, ascending. */
  readonly train: Uint32Array;
  /** Positions on which candidates are rated, ascending; disjoint from `train`. */
  readonly rating: Uint32Array;
}

/**
 * Draws the rating set from the training part: seeded, stratified by class, disjoint from what
 * remains for training. With `size` every class gives a share in proportion to its images
 * (largest remainder). At least one image of every class remains for training.
 *
 * @throws DomainError BAD_INPUT at `ratingPerClass` when a class has too few images
 */
export function splitRating(
  set: Pick<ImageSet, 'labels'>,
  options: RatingExtent & { readonly seed: number | string },
): RatingSplit {
  const byClass = positionsByClass(set.labels);
  const quotas =
    'perClass' in options
      ? equalQuotas(byClass, options.perClass)
      : proportionalQuotas(byClass, set.labels.length, options.size);
  const isRating = new Uint8Array(set.labels.length);
  byClass.forEach((positions, label) => {
    const random = createRandom('rating-split', options.seed, label);
    // A partial Fisher-Yates shuffle: the first `quota` entries are a uniform draw.
    for (let i = 0; i < (quotas[label] ?? 0); i++) {
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

function equalQuotas(byClass: number[][], perClass: number): number[] {
  byClass.forEach((positions, label) => {
    if (positions.length > 0 && perClass >= positions.length) {
      throw tooMany(
        `${perClass} rating images per class leave none of the ${positions.length} images of class ${label} for training`,
      );
    }
  });
  return byClass.map((positions) => (positions.length > 0 ? perClass : 0));
}

function proportionalQuotas(byClass: number[][], total: number, size: number): number[] {
  const present = byClass.filter((positions) => positions.length > 0).length;
  if (size > total - present) {
    throw tooMany(
      `${size} rating images of ${total} leave less than one image of each of the ${present} classes for training`,
    );
  }
  const exact = byClass.map((positions) => (size * positions.length) / total);
  const quotas = exact.map(Math.floor);
  const byRemainder = [...exact.keys()].sort(
    (a, b) => fraction(exact, b) - fraction(exact, a) || a - b,
  );
  let open = size - quotas.reduce((sum, quota) => sum + quota, 0);
  while (open > 0) {
    for (const label of byRemainder) {
      const quota = quotas[label] as number;
      if (open > 0 && quota + 1 < (byClass[label]?.length ?? 0)) {
        quotas[label] = quota + 1;
        open--;
      }
    }
  }
  return quotas;
}

function fraction(values: number[], position: number): number {
  return (values[position] as number) % 1;
}

function tooMany(message: string): DomainError {
  return new DomainError('BAD_INPUT', message, { path: ['ratingPerClass'] });
}
