import { setImmediate } from 'node:timers/promises';
import { DomainError } from '@blockwise/contracts';
import { opsOf } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { type FeatureBatch, featureTensor } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine, ForwardMode } from '../layers/forward-mode.ts';
import type { CellSupernet } from '../supernet.ts';
import type { BatchMeasure } from './batch-measure.ts';
import { type MeasureOptions, prepareMeasure } from './measure.ts';
import type { RatedBatch } from './rating-sets.ts';
import type { ScoreTable } from './score-table.ts';

export interface WalkOptions extends MeasureOptions {
  readonly supernet: CellSupernet;
  /** Clean images' features, no augmentation: batch-norm statistics are taken from them. */
  readonly calibration: FeatureBatch;
  /** Called after every rated path of every pass over a part of the rating set. */
  readonly onProgress?: (progress: { done: number; total: number }) => void;
  /** Asked before every layer evaluation. */
  readonly shouldStop?: () => boolean;
}

/** One batch of a pass: how it is measured and where its scores go. */
interface Target {
  readonly measure: BatchMeasure;
  readonly index: number;
  readonly share: number;
}

/** Walks the tree of a cell's paths, depth first, and scores every leaf. */
export class TreeWalk {
  evaluations = 0;
  readonly #options: WalkOptions;
  readonly #table: ScoreTable;
  readonly #total: number;
  readonly #ops: number;
  #done = 0;

  /** @param total leaves that all passes come to, for the progress */
  constructor(options: WalkOptions, table: ScoreTable, total: number) {
    const { space, block } = options.supernet;
    this.#options = options;
    this.#table = table;
    this.#total = total;
    this.#ops = opsOf(space, block).length;
  }

  async pass(batches: readonly RatedBatch[]): Promise<void> {
    const { supernet, calibration } = this.#options;
    const { teacherIn, teacherOut, block } = supernet;
    const inputs: tf.Tensor4D[] = [];
    const outputs: tf.Tensor4D[] = [];
    let roots: readonly tf.Tensor4D[] = [];
    const targets: Target[] = [];
    try {
      for (const { x, count } of [calibration, ...batches]) {
        inputs.push(featureTensor(x, count, teacherIn));
      }
      roots = evaluate(inputs, (x, mode) => supernet.forwardStem(x, mode));
      tf.dispose(inputs);
      for (const { y, count } of batches) outputs.push(featureTensor(y, count, teacherOut));
      for (const [i, batch] of batches.entries()) {
        const y = outputs[i] as tf.Tensor4D;
        // The teacher's cut 0 is before its first block.
        const measure = await prepareMeasure(this.#options, batch, y, block + 1);
        targets.push({ measure, index: batch.index, share: batch.share });
      }
      await this.#visit(0, 0, roots, targets);
    } finally {
      tf.dispose([...inputs, ...roots, ...outputs]);
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
    for (let op = 0; op < this.#ops; op++) {
      this.#stopIfAsked();
      const outputs = evaluate(features, (x, mode) => supernet.forwardLayer(x, layer, op, mode));
      this.evaluations += 1;
      const index = prefix * this.#ops + op;
      try {
        if (layer + 1 < supernet.depth) {
          await this.#visit(layer + 1, index, outputs, targets);
        } else {
          await this.#score(index, outputs.slice(1), targets);
          this.#done += 1;
          onProgress?.({ done: this.#done, total: this.#total });
        }
      } finally {
        tf.dispose([...outputs]);
      }
    }
  }

  async #score(
    path: number,
    outputs: readonly tf.Tensor4D[],
    targets: readonly Target[],
  ): Promise<void> {
    for (const [i, { measure, index, share }] of targets.entries()) {
      const reduced = tf.tidy(() => measure.reduce(outputs[i] as tf.Tensor4D));
      const values = (await reduced.data()) as Float32Array;
      reduced.dispose();
      this.#table.add(path, index, measure.score(values), share);
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
  const outputs: tf.Tensor4D[] = [];
  try {
    for (const [index, x] of features.entries()) {
      const mode = { kind: index === 0 ? 'calibrate' : 'given', affine } as const;
      outputs.push(tf.tidy(() => tf.clone(forward(x, mode))));
    }
    return outputs;
  } catch (error) {
    tf.dispose(outputs);
    throw error;
  } finally {
    for (const { scale, offset } of affine.values()) tf.dispose([scale, offset]);
  }
}
