import type { FeatureBatch } from '../distil/feature-batch.ts';
import { evenParts } from '../memory/even-parts.ts';
import type { CellSupernet } from '../supernet.ts';
import { sampleVariance } from './feature-moments.ts';

/** A batch that is read when its turn comes, so that the rating set need not fit into memory. */
export interface BatchSource {
  readonly count: number;
  read(): Promise<FeatureBatch>;
}

/** A batch of the rating set, or a part of one, and where it stands in it. */
export interface RatedBatch extends FeatureBatch {
  readonly index: number;
  /** Of the batch's images that these are. */
  readonly share: number;
  /** Of `y` over the whole batch. */
  readonly variance: number;
  /** Classes of its images, where they are known. */
  readonly labels?: ArrayLike<number>;
}

/** A {@link RatedBatch} that may not have been read yet. */
export interface RatedSource {
  readonly count: number;
  read(): Promise<RatedBatch>;
}

/**
 * The batches with their numbers, and with their share of `labels`, those of all images in order; each
 * in parts of so many images at most.
 */
export function numberBatches(
  batches: readonly (FeatureBatch | BatchSource)[],
  labels: ArrayLike<number> | undefined,
  microBatch: number,
): RatedSource[] {
  let first = 0;
  return batches.flatMap((source, index) => {
    const before = first;
    first += source.count;
    // Held while parts of it are still to be read.
    let whole: { batch: FeatureBatch; variance: number } | null = null;
    return evenParts(source.count, microBatch).map(({ from, to }) => ({
      count: to - from,
      read: async () => {
        whole ??= await readWhole(source);
        const { batch, variance } = whole;
        if (to === source.count) whole = null;
        const own =
          labels === undefined ? {} : { labels: shareOf(labels, before + from, before + to) };
        const share = (to - from) / source.count;
        return { ...partOf(batch, from, to), index, share, variance, ...own };
      },
    }));
  });
}

async function readWhole(source: FeatureBatch | BatchSource) {
  const batch = 'read' in source ? await source.read() : source;
  return { batch, variance: sampleVariance(batch.y) };
}

function partOf({ x, y, count }: FeatureBatch, from: number, to: number): FeatureBatch {
  const part = (values: Float32Array) =>
    values.subarray((from * values.length) / count, (to * values.length) / count);
  return { x: part(x), y: part(y), count: to - from };
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
