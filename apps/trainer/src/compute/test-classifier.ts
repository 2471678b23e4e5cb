import type { Confusion } from '@blockwise/contracts';
import type { FeedRequest, LabelledImages } from '@blockwise/datasets';
import { rowRange } from './feature-groups.ts';
import type { SearchData } from './search-data.ts';

/** Images per pass of an evaluation. */
const evaluationBatch = 100;

interface Classifier {
  /** The class that it takes each of `count` images for. */
  guess(x: Float32Array, count: number): Promise<Uint32Array>;
}

/** What a classifier makes of the test part. */
export interface TestResult {
  /** Share of its images that are classified right, 0..1. */
  readonly top1: number;
  readonly confusion: Confusion;
}

/** Classifies every image of the test part once. */
export async function testClassifier(
  classifier: Classifier,
  data: SearchData,
): Promise<TestResult> {
  const { test } = data;
  const positions = rowRange(0, test.count);
  const guesses = await guessEach(classifier, 'test', positions, data);
  const labels = labelsOf(test, positions);
  return { top1: right(guesses, labels) / test.count, confusion: confusionOf(labels, guesses) };
}

/** How many of some clean images are classified right. */
export async function countRight(
  classifier: Classifier,
  part: FeedRequest['part'],
  positions: Uint32Array,
  data: SearchData,
): Promise<number> {
  const guesses = await guessEach(classifier, part, positions, data);
  return right(guesses, labelsOf(data[part], positions));
}

/** Positions in the class list, of the images at these positions. */
export function labelsOf(set: Pick<LabelledImages, 'labels'>, positions: Uint32Array): number[] {
  return Array.from(positions, (position) => set.labels[position] ?? 0);
}

async function guessEach(
  classifier: Classifier,
  part: FeedRequest['part'],
  positions: Uint32Array,
  { feed }: SearchData,
): Promise<Uint32Array> {
  const takenAt = (i: number) => positions.subarray(i * evaluationBatch, (i + 1) * evaluationBatch);
  const stream = feed.stream((i) => {
    const taken = takenAt(i);
    return taken.length === 0 ? null : { part, positions: taken, draws: { augment: 'none' } };
  });
  const guesses = new Uint32Array(positions.length);
  try {
    let x: Float32Array | null = null;
    for (let i = 0; ; i++) {
      x = await stream.next(x);
      if (x === null) return guesses;
      guesses.set(await classifier.guess(x, takenAt(i).length), i * evaluationBatch);
    }
  } finally {
    stream.close();
  }
}

function right(guesses: Uint32Array, labels: readonly number[]): number {
  return guesses.filter((guess, i) => guess === labels[i]).length;
}

function confusionOf(labels: readonly number[], guesses: Uint32Array): Confusion {
  const counts = new Map<string, { trueClass: number; guessedClass: number; images: number }>();
  for (const [i, trueClass] of labels.entries()) {
    const guessedClass = guesses[i] ?? 0;
    const pair = `${trueClass} ${guessedClass}`;
    const count = counts.get(pair) ?? { trueClass, guessedClass, images: 0 };
    counts.set(pair, count);
    count.images += 1;
  }
  return [...counts.values()].sort(
    (a, b) => a.trueClass - b.trueClass || a.guessedClass - b.guessedClass,
  );
}
