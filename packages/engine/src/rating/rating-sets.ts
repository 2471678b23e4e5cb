import type { FeatureBatch } from '../distil/feature-batch.ts';

/** A batch of the rating set and where it stands in it. */
export interface RatedBatch extends FeatureBatch {
  readonly index: number;
  /** Classes of its images, where they are known. */
  readonly labels?: ArrayLike<number>;
}

/** The batches with their numbers, and with their share of `labels`, those of all images in order. */
export function numberBatches(
  batches: readonly FeatureBatch[],
  labels: ArrayLike<number> | undefined,
): RatedBatch[] {
  let from = 0;
  return batches.map(({ x, y, count }, index) => {
    const batch = { x, y, count, index };
    const start = from;
    from += count;
    if (labels === undefined) return batch;
    if (labels.length < from) throw new Error(`There are labels for ${labels.length} images only.`);
    return { ...batch, labels: Array.from({ length: count }, (_, i) => labels[start + i] ?? 0) };
  });
}

/** Consecutive groups whose feature maps at every depth fit the memory, one batch at least. */
export function splitByMemory<B extends FeatureBatch>(
  batches: readonly B[],
  depth: number,
  memoryBytes: number,
): B[][] {
  const groups: B[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const batch of batches) {
    const bytes = 4 * (depth + 1) * Math.max(batch.x.length, batch.y.length);
    if (used + bytes > memoryBytes) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(batch);
    used += bytes;
  }
  return groups;
}
