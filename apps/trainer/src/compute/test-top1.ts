import type { FeedRequest, LabelledImages } from '@blockwise/datasets';
import type { LabelledBatch } from '@blockwise/engine';
import { rowRange } from './feature-groups.ts';
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
  return (await countRight(classifier, 'test', rowRange(0, test.count), data)) / test.count;
}

/** How many of some clean images are classified right. */
export async function countRight(
  classifier: Classifier,
  part: FeedRequest['part'],
  positions: Uint32Array,
  data: SearchData,
): Promise<number> {
  const takenAt = (i: number) => positions.subarray(i * evaluationBatch, (i + 1) * evaluationBatch);
  const stream = data.feed.stream((i) => {
    const taken = takenAt(i);
    return taken.length === 0 ? null : { part, positions: taken, draws: { augment: 'none' } };
  });
  try {
    let right = 0;
    let x: Float32Array | null = null;
    for (let i = 0; ; i++) {
      x = await stream.next(x);
      if (x === null) return right;
      right += await classifier.evaluate({ x, labels: labelsOf(data[part], takenAt(i)) });
    }
  } finally {
    stream.close();
  }
}

/** Positions in the class list, of the images at these positions. */
export function labelsOf(set: Pick<LabelledImages, 'labels'>, positions: Uint32Array): number[] {
  return Array.from(positions, (position) => set.labels[position] ?? 0);
}
