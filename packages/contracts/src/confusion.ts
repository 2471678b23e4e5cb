/** How many test images of one class were taken for one; classes are positions in the class list. */
export interface ConfusionCount {
  readonly trueClass: number;
  readonly guessedClass: number;
  /** At least one. */
  readonly images: number;
}

/**
 * What a classifier took the images of the test part for, without the pairs of classes that have no
 * image: of a thousand classes nearly all. By true class, then by guess. Images in all are those of the
 * test part, and those whose classes are the same are the ones that its accuracy counts.
 */
export type Confusion = readonly ConfusionCount[];
