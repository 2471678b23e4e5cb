import type { FeatureBatch } from '../distil/feature-batch.ts';
import type { CellSupernet } from '../supernet.ts';

/** A batch that is read when its turn comes, so that the rating set need not fit into memory. */
export interface BatchSource {
  readonly count: number;
  read(): Promise<FeatureBatch>;
}

/** A batch of the rating set and where it stands in it. */
export interface RatedBatch extends FeatureBatch {
  readonly index: number;
  /** Classes of its images, where they are known. */
  readonly labels?: ArrayLike<number>;
}

/** A {@link RatedBatch} that may not have been read yet. */
export interface RatedSource {
  readonly count: number;
  read(): Promise<RatedBatch>;
}

/** The batches with their numbers, and with their share of `labels`, those of all images in order. */
export function numberBatches(
  batches: readonly (FeatureBatch | BatchSource)[],
  labels: ArrayLike<number> | undefined,
): RatedSource[] {
  let from = 0;
  return batches.map((source, index) => {
    const { count } = source;
    const own = labels === undefined ? {} : { labels: shareOf(labels, from, from + count) };
    from += count;
    return {
      count,
      read: async () => {
        const { x, y } = 'read' in source ? await source.read() : source;
        return { x, y, count, index, ...own };
      },
    };
  });
}

/** Consecutive groups whose feature maps at every depth fit the memory, one batch at least. */
export function splitByMemory<B extends { readonly count: number }>(
  batches: readonly B[],
  { depth, teacherIn, teacherOut }: Pick<CellSupernet, 'depth' | 'teacherIn' | 'teacherOut'>,
  memoryBytes: number,
): B[][] {
  const [entering, leaving] = [teacherIn, teacherOut].map(
    ({ size, channels }) => size ** 2 * channels,
  );
  const imageBytes = 4 * (depth + 1) * Math.max(entering ?? 0, leaving ?? 0);
  const groups: B[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const batch of batches) {
    const bytes = imageBytes * batch.count;
    if (used + bytes > memoryBytes) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(batch);
    used += bytes;
  }
  return groups;
}

function shareOf(labels: ArrayLike<number>, from: number, to: number): number[] {
  if (labels.length < to) throw new Error(`There are labels for ${labels.length} images only.`);
  return Array.from({ length: to - from }, (_, i) => labels[from + i] ?? 0);
}
