import { DomainError } from '@blockwise/contracts';
import { pathFromIndex, printPath } from '@blockwise/dna';
import type { FeatureBatch } from '../distil/feature-batch.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { type CellSupernet, shapeText } from '../supernet.ts';
import { type BatchSource, numberBatches, type RatedBatch, splitByMemory } from './rating-sets.ts';
import { ScoreTable } from './score-table.ts';
import { TreeWalk, type WalkOptions } from './tree-walk.ts';

export interface RateOptions extends WalkOptions {
  /** The rating set: features of images that no cell was trained on, as they are or to be read. */
  readonly batches: readonly (FeatureBatch | BatchSource)[];
  /** Classes of the images of all batches, in order; `replaceError` needs them. */
  readonly labels?: ArrayLike<number>;
  /**
   * About how many bytes of feature maps are kept at once. A rating set that needs more is rated in
   * several passes, each of which calibrates again. 512 MiB unless told.
   */
  readonly memoryBytes?: number;
  /** Images of a batch that go through the cell at once; all unless told. Ratings stay, but for rounding. */
  readonly microBatch?: MicroBatch;
}

/** Columns by path index (last layer fastest). */
export interface CellRating {
  /** In the chosen measure. Lower is better. */
  readonly losses: Float64Array;
  /**
   * Half widths of the losses' 95% confidence intervals over batches; null with a single batch. All
   * paths see the same images, so two paths may differ by less than this and still differ surely.
   */
  readonly errors: Float64Array | null;
  /** KL(teacher ‖ replaced); of the replacing measures only. */
  readonly kl: Float64Array | null;
  /** Share of images that the replaced teacher classifies right; of those measures, given labels. */
  readonly top1: Float64Array | null;
  /** How many (layer, prefix) nodes were evaluated, over all passes. */
  readonly layerEvaluations: number;
  /** Passes over the tree of paths: 1 when the rating set fits the memory. */
  readonly passes: number;
}

/**
 * Rates every path of a cell (DNA, section 3.4): the loss of each batch, weighted by the images in
 * it. By default mean |Ŷ − Y| / (σ(Y) + 1e-9); `prepareMeasure` says what the other measures are.
 *
 * The paths form a tree, walked depth first; the feature maps of a prefix are computed once and
 * shared by all paths below it: Σ ops^l evaluations of a layer in place of depth · ops^depth. The
 * batch-norm statistics of a node depend on its prefix only, so they too are taken once, from the
 * calibration batch; the supernet's running statistics are neither used nor changed. The event loop
 * gets a turn at every inner node.
 *
 * @throws DomainError CANCELLED when told to stop, DIVERGED when a path's loss is not finite,
 *   OUT_OF_MEMORY, naming the shapes
 */
export async function rateCell(options: RateOptions): Promise<CellRating> {
  const { microBatch = MicroBatch.fixed(null) } = options;
  const largest = Math.max(0, ...options.batches.map(({ count }) => count));
  if (largest === 0) throw new Error('There are no images to rate with.');
  const first = Math.min(microBatch.size ?? largest, largest);
  return await microBatch.run(largest, whatOf(options), (size) =>
    rateInParts(options, size, size / first),
  );
}

/** @param share of the memory that is used, where all of it was too much */
async function rateInParts(
  options: RateOptions,
  microBatch: number,
  share: number,
): Promise<CellRating> {
  const { supernet, labels } = options;
  const memoryBytes = share * (options.memoryBytes ?? 512 * 2 ** 20);
  const batches = numberBatches(options.batches, labels, microBatch);
  const table = new ScoreTable(
    supernet.paths,
    options.batches.map(({ count }) => count),
  );
  const sets = splitByMemory(batches, supernet, memoryBytes);
  const walk = new TreeWalk(options, table, supernet.paths * sets.length);
  for (const set of sets) {
    const read: RatedBatch[] = [];
    for (const batch of set) read.push(await batch.read());
    await walk.pass(read);
  }
  const losses = table.means('loss');
  if (losses === null) throw new Error('No path was rated.');
  checkFinite(supernet, losses);
  return {
    losses,
    errors: table.errors(),
    kl: table.means('kl'),
    top1: table.means('top1'),
    layerEvaluations: walk.evaluations,
    passes: sets.length,
  };
}

function whatOf({ supernet, batches, calibration }: RateOptions): string {
  const { block, cell, teacherIn, teacherOut, paths } = supernet;
  const largest = Math.max(...batches.map(({ count }) => count));
  return (
    `Block ${block + 1}, cell ${cell + 1}: the rating of ${paths} paths on batches of ${largest} ` +
    `images of ${shapeText(teacherIn)} to ${shapeText(teacherOut)}, beside ${calibration.count} for ` +
    'the calibration'
  );
}

function checkFinite({ space, block, cell }: CellSupernet, losses: Float64Array): void {
  const broken = losses.findIndex((loss) => !Number.isFinite(loss));
  if (broken < 0) return;
  const path = printPath(pathFromIndex(space, block, cell, broken));
  throw new DomainError(
    'DIVERGED',
    `Block ${block + 1}, cell ${cell + 1}: the rating of path ${path} is ${losses[broken]}.`,
  );
}
