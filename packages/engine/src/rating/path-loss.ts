import type { Path } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { type FeatureBatch, featureTensor } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine, ForwardMode } from '../layers/forward-mode.ts';
import { absoluteErrorMean } from '../ops/absolute-error-mean.ts';
import type { CellSupernet } from '../supernet.ts';
import { sampleDeviation } from './feature-moments.ts';

export interface PathLossOptions {
  readonly supernet: CellSupernet;
  readonly path: Path;
  /** Clean images' features, from which batch-norm statistics are taken. */
  readonly calibration: FeatureBatch;
  readonly batch: FeatureBatch;
}

/**
 * The relative L1 loss of one path on one batch, as `rateCell` rates it but without sharing
 * anything: for a look at a cell while it trains. Nothing of the supernet changes.
 */
export async function pathLoss(options: PathLossOptions): Promise<number> {
  const { supernet, path, calibration, batch } = options;
  const affine = new Map<BatchNorm, Affine>();
  const forward = ({ x, count }: FeatureBatch, mode: ForwardMode) =>
    supernet.forward(featureTensor(x, count, supernet.teacherIn), path, mode);
  const error = tf.tidy(() => {
    forward(calibration, { kind: 'calibrate', affine });
    const output = forward(batch, { kind: 'given', affine });
    return absoluteErrorMean(output, featureTensor(batch.y, batch.count, supernet.teacherOut));
  });
  for (const { scale, offset } of affine.values()) tf.dispose([scale, offset]);
  const [value] = await error.data();
  error.dispose();
  return (value as number) / (sampleDeviation(batch.y) + 1e-9);
}
