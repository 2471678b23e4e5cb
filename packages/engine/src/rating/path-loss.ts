import type { Path } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { type FeatureBatch, featureTensor } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine, ForwardMode } from '../layers/forward-mode.ts';
import type { CellSupernet } from '../supernet.ts';
import { type MeasureOptions, prepareMeasure } from './measure.ts';

export interface PathLossOptions extends MeasureOptions {
  readonly supernet: CellSupernet;
  readonly path: Path;
  /** Clean images' features, from which batch-norm statistics are taken. */
  readonly calibration: FeatureBatch;
  readonly batch: FeatureBatch;
  /** Classes of the batch's images; `replaceError` needs them. */
  readonly labels?: ArrayLike<number>;
}

/** What a path makes of a batch. */
export interface PathOutput {
  readonly loss: number;
  /** [count, size, size, channels], in the shape of the batch's `y`. */
  readonly output: Float32Array;
}

/**
 * The loss of one path on one batch, as `rateCell` rates it but without sharing anything: for a look
 * at a cell while it trains. Nothing of the supernet changes.
 */
export async function pathLoss(options: PathLossOptions): Promise<number> {
  return await throughPath(options, async (_output, loss) => loss);
}

/** As {@link pathLoss}, with the feature maps that the loss is of. */
export async function pathOutput(options: PathLossOptions): Promise<PathOutput> {
  return await throughPath(options, async (output, loss) => ({
    loss,
    output: (await output.data()) as Float32Array,
  }));
}

async function throughPath<T>(
  options: PathLossOptions,
  use: (output: tf.Tensor4D, loss: number) => Promise<T>,
): Promise<T> {
  const { supernet, path, calibration, batch, labels } = options;
  const affine = new Map<BatchNorm, Affine>();
  const forward = ({ x, count }: FeatureBatch, mode: ForwardMode) =>
    supernet.forward(featureTensor(x, count, supernet.teacherIn), path, mode);
  const y = featureTensor(batch.y, batch.count, supernet.teacherOut);
  const measured = labels === undefined ? batch : { ...batch, labels };
  const kept: tf.Tensor[] = [y];
  try {
    const measure = await prepareMeasure(options, measured, y, supernet.block + 1);
    const output = tf.tidy(() => {
      forward(calibration, { kind: 'calibrate', affine });
      return forward(batch, { kind: 'given', affine });
    });
    kept.push(output);
    const reduced = tf.tidy(() => measure.reduce(output));
    kept.push(reduced);
    return await use(output, measure.score((await reduced.data()) as Float32Array).loss);
  } finally {
    for (const { scale, offset } of affine.values()) tf.dispose([scale, offset]);
    tf.dispose(kept);
  }
}
