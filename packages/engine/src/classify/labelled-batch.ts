import { evenParts } from '../memory/even-parts.ts';
import { smoothedTargets } from '../ops/softmax-cross-entropy.ts';

/** Images as [count, size, size, channels], normalised, with a class index each. */
export interface LabelledBatch {
  readonly x: Float32Array;
  readonly labels: ArrayLike<number>;
}

/** Images with class probabilities [count, classes], as mixup and CutMix make them. */
export interface SoftBatch {
  readonly x: Float32Array;
  readonly targets: Float32Array;
}

export type TrainingBatch = LabelledBatch | SoftBatch;

/** Consecutive images of a batch that go through the network together. */
export interface Part {
  readonly x: Float32Array;
  /** [count, classes], smoothed. */
  readonly targets: Float32Array;
  /** Classes: of soft targets the greatest. */
  readonly labels: readonly number[];
  /** The first image's position in the batch. */
  readonly from: number;
  readonly count: number;
  /** Images of the whole batch. */
  readonly total: number;
}

interface Split {
  readonly classes: number;
  /** Of class indices; soft targets carry their own. */
  readonly labelSmoothing: number;
  /** Images of a part at most; null: all. */
  readonly microBatch: number | null;
}

/** A batch in even parts of so many images at most. */
export function splitBatch(
  batch: TrainingBatch,
  { classes, labelSmoothing, microBatch }: Split,
): Part[] {
  const targets =
    'targets' in batch ? batch.targets : smoothedTargets(batch.labels, classes, labelSmoothing);
  const total = targets.length / classes;
  const pixels = batch.x.length / total;
  return evenParts(total, microBatch ?? total).map(({ from, to }) => {
    const own = targets.subarray(from * classes, to * classes);
    return {
      x: batch.x.subarray(from * pixels, to * pixels),
      targets: own,
      labels: 'targets' in batch ? greatest(own, classes) : sliceOf(batch.labels, from, to),
      from,
      count: to - from,
      total,
    };
  });
}

function sliceOf(labels: ArrayLike<number>, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => labels[from + i] ?? 0);
}

/** The position of each row's greatest value. */
function greatest(rows: Float32Array, classes: number): number[] {
  return Array.from({ length: rows.length / classes }, (_, row) => {
    const values = rows.subarray(row * classes, (row + 1) * classes);
    return values.indexOf(values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
  });
}
