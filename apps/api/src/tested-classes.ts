import type { Confusion } from '@blockwise/contracts';

/** What a test found for the images of one class. */
export interface ClassResult {
  readonly name: string;
  /** Of the test part. */
  readonly images: number;
  /** Of these, how many were taken for what they are. */
  readonly right: number;
}

/** Two classes of which one was taken for the other. */
export interface ConfusedPair {
  readonly trueClass: string;
  readonly guessedClass: string;
  readonly images: number;
}

/** Every class, in the order of the class list. */
export function classResults(confusion: Confusion, classes: readonly string[]): ClassResult[] {
  const images = new Int32Array(classes.length);
  const right = new Int32Array(classes.length);
  for (const { trueClass, guessedClass, images: count } of confusion) {
    images[trueClass] = (images[trueClass] ?? 0) + count;
    if (trueClass === guessedClass) right[trueClass] = count;
  }
  return classes.map((name, i) => ({ name, images: images[i] ?? 0, right: right[i] ?? 0 }));
}

/** The first of the pairs that were confused most often; of equals those that come first in the list. */
export function mostConfused(
  confusion: Confusion,
  classes: readonly string[],
  first: number,
): ConfusedPair[] {
  return confusion
    .filter(({ trueClass, guessedClass }) => trueClass !== guessedClass)
    .sort((a, b) => b.images - a.images)
    .slice(0, first)
    .map(({ trueClass, guessedClass, images }) => ({
      trueClass: classes[trueClass] ?? '',
      guessedClass: classes[guessedClass] ?? '',
      images,
    }));
}

/** [true class, guessed class], row by row. */
export function confusionMatrix(confusion: Confusion, classes: number): Int32Array {
  const matrix = new Int32Array(classes * classes);
  for (const { trueClass, guessedClass, images } of confusion) {
    matrix[trueClass * classes + guessedClass] = images;
  }
  return matrix;
}
