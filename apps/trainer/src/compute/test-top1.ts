import { fillBatch, type ImageSet } from '@blockwise/datasets';
import type { LabelledBatch } from '@blockwise/engine';
import { rowRange } from './feature-groups.ts';
import { imageValues } from './image-shape.ts';
import type { SearchData } from './search-data.ts';

/** Images per pass of an evaluation. */
const evaluationBatch = 100;

interface Classifier {
  /** How many it classifies right. */
  evaluate(batch: LabelledBatch): Promise<number>;
}

/** Share of the test part that is classified right. */
export async function testTop1(classifier: Classifier, data: SearchData): Promise<number> {
  const { test } = data;
  return (await countRight(classifier, test, rowRange(0, test.count), data)) / test.count;
}

/** How many of some clean images are classified right. */
export async function countRight(
  classifier: Classifier,
  set: ImageSet,
  positions: Uint32Array,
  { channels }: Pick<SearchData, 'channels'>,
): Promise<number> {
  let right = 0;
  for (let from = 0; from < positions.length; from += evaluationBatch) {
    const taken = positions.subarray(from, from + evaluationBatch);
    const x = new Float32Array(taken.length * imageValues(set.size));
    fillBatch(set, taken, channels, { augment: 'none' }, x);
    right += await classifier.evaluate({ x, labels: labelsOf(set, taken) });
  }
  return right;
}

/** Positions in the class list, of the images at these positions. */
export function labelsOf(set: ImageSet, positions: Uint32Array): number[] {
  return Array.from(positions, (position) => set.labels[position] ?? 0);
}
