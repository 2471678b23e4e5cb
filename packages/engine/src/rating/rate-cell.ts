import { setImmediate } from 'node:timers/promises';
import { DomainError } from '@blockwise/contracts';
import { pathFromIndex, printPath } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { type FeatureBatch, featureTensor } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine, ForwardMode } from '../layers/forward-mode.ts';
import { absoluteErrorMean } from '../ops/absolute-error-mean.ts';
import type { CellSupernet } from '../supernet.ts';
import { sampleDeviation } from './feature-moments.ts';

export interface RateOptions {
  readonly supernet: CellSupernet;
  /** Clean images' features, no augmentation: batch-norm statistics are taken from them. */
  readonly calibration: FeatureBatch;
  /** The rating set: features of images that no cell was trained on. */
  readonly batches: readonly FeatureBatch[];
  /** Called after every rated path of every pass over a part of the rating set. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
  /** Asked before every layer evaluation. */
  readonly shouldStop?: () => boolean;
  /**
   * About how many bytes of feature maps are kept at once. A rating set that needs more is rated in
   * several passes, each of which calibrates again. 512 MiB unless told.
   */
  readonly memoryBytes?: number;
}

export interface CellRating {
  /** Relative L1 loss of every path, by path index (last layer fastest). Lower is better. */
  readonly losses: Float64Array;
  /** How many (layer, prefix) nodes were evaluated, over all passes. */
  readonly layerEvaluations: number;
  /** Passes over the tree of paths: 1 when the rating set fits the memory. */
  readonly passes: number;
}

/**
 * Rates every path of a cell (DNA, section 3.4): mean |Ŷ − Y| / (σ(Y) + 1e-9) per batch,
 * weighted by the images in it.
 *
 * The paths form a tree, walked depth first; the feature maps of a prefix are computed once and
 * shared by all paths below it: Σ ops^l evaluations of a layer in place of depth · ops^depth. The
 * batch-norm statistics of a node depend on its prefix only, so they too are taken once, from the
 * calibration batch; the supernet's running statistics are neither used nor changed. The event loop
 * gets a turn at every inner node.
 *
 * @throws DomainError CANCELLED when told to stop, DIVERGED when a path's loss is not finite
 */
export async function rateCell(options: RateOptions): Promise<CellRating> {
  const { supernet, batches, memoryBytes = 512 * 2 ** 20 } = options;
  const images = batches.reduce((sum, batch) => sum + batch.count, 0);
  if (images === 0) throw new Error('There are no images to rate with.');
  const sets = splitByMemory(batches, supernet.depth, memoryBytes);
  const walk = new TreeWalk(options, sets.length);
  for (const set of sets) await walk.pass(set);
  const losses = walk.sums.map((sum) => sum / images);
  const broken = losses.findIndex((loss) => !Number.isFinite(loss));
  if (broken >= 0) {
    const { space, block, cell } = supernet;
    const path = printPath(pathFromIndex(space, block, cell, broken));
    throw new DomainError(
      'DIVERGED',
      `Block ${block + 1}, cell ${cell + 1}: the rating of path ${path} is ${losses[broken]}.`,
    );
  }
  return { losses, layerEvaluations: walk.evaluations, passes: sets.length };
}

/** One batch of a pass on the back end. */
interface Target {
  readonly y: tf.Tensor4D;
  /** What a mean absolute error is multiplied with: images / (σ + 1e-9). */
  readonly factor: number;
}

class TreeWalk {
  readonly sums: Float64Array;
  evaluations = 0;
  readonly #options: RateOptions;
  readonly #total: number;
  #done = 0;

  constructor(options: RateOptions, passes: number) {
    this.#options = options;
    this.sums = new Float64Array(options.supernet.paths);
    this.#total = options.supernet.paths * passes;
  }

  async pass(batches: readonly FeatureBatch[]): Promise<void> {
    const { supernet, calibration } = this.#options;
    const { teacherIn, teacherOut } = supernet;
    const targets = batches.map(({ y, count }) => ({
      y: featureTensor(y, count, teacherOut),
      factor: count / (sampleDeviation(y) + 1e-9),
    }));
    const inputs = [calibration, ...batches].map(({ x, count }) =>
      featureTensor(x, count, teacherIn),
    );
    const roots = evaluate(inputs, (x, mode) => supernet.forwardStem(x, mode));
    tf.dispose(inputs);
    try {
      await this.#visit(0, 0, roots, targets);
    } finally {
      tf.dispose(roots);
      tf.dispose(targets.map(({ y }) => y));
    }
  }

  // `features`: the calibration batch's feature map first, then the rating batches'.
  async #visit(
    layer: number,
    prefix: number,
    features: readonly tf.Tensor4D[],
    targets: readonly Target[],
  ): Promise<void> {
    const { supernet, onProgress } = this.#options;
    await setImmediate();
    const ops = supernet.space.ops.length;
    for (let op = 0; op < ops; op++) {
      this.#stopIfAsked();
      const outputs = evaluate(features, (x, mode) => supernet.forwardLayer(x, layer, op, mode));
      this.evaluations += 1;
      const index = prefix * ops + op;
      try {
        if (layer + 1 < supernet.depth) {
          await this.#visit(layer + 1, index, outputs, targets);
        } else {
          this.sums[index] = (this.sums[index] ?? 0) + (await weightedError(outputs, targets));
          this.#done += 1;
          onProgress?.({ done: this.#done, total: this.#total });
        }
      } finally {
        tf.dispose([...outputs]);
      }
    }
  }

  #stopIfAsked(): void {
    if (this.#options.shouldStop?.() !== true) return;
    throw new DomainError('CANCELLED', 'The rating was cancelled.');
  }
}

/** Calibrates on the first feature map and applies the statistics to the others. */
function evaluate(
  features: readonly tf.Tensor4D[],
  forward: (x: tf.Tensor4D, mode: ForwardMode) => tf.Tensor4D,
): tf.Tensor4D[] {
  const affine = new Map<BatchNorm, Affine>();
  // tf.clone: a supernet without stem hands its input through, which must not be disposed twice.
  const outputs = features.map((x, index) =>
    tf.tidy(() =>
      tf.clone(forward(x, index === 0 ? { kind: 'calibrate', affine } : { kind: 'given', affine })),
    ),
  );
  for (const { scale, offset } of affine.values()) tf.dispose([scale, offset]);
  return outputs;
}

async function weightedError(
  outputs: readonly tf.Tensor4D[],
  targets: readonly Target[],
): Promise<number> {
  const errors = tf.tidy(() =>
    tf.stack(targets.map(({ y }, i) => absoluteErrorMean(outputs[i + 1] as tf.Tensor4D, y))),
  );
  const values = await errors.data();
  errors.dispose();
  return targets.reduce((sum, { factor }, i) => sum + factor * (values[i] as number), 0);
}

/** Consecutive groups whose feature maps at every depth fit the memory, one batch at least. */
function splitByMemory(
  batches: readonly FeatureBatch[],
  depth: number,
  memoryBytes: number,
): FeatureBatch[][] {
  const groups: FeatureBatch[][] = [];
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
