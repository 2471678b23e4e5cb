import type { DistilSpec } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import { cosineDistance } from '../ops/cosine-distance.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { weightedSquaredErrorMean } from '../ops/weighted-squared-error.ts';
import { channelVariances, sampleVariance } from '../rating/feature-moments.ts';

export type FeatureLossKind = DistilSpec['loss'];

/** Keeps a constant feature map from dividing by zero; the released code's, of its rating. */
const leastVariance = 1e-9;

/** A channel's noise counts at this share of the mean channel's signal at least: dead channels. */
const leastChannelShare = 1e-4;

/** What is trained for: outputs and targets of some of the images → a scalar, the mean over them. */
export interface FeatureLoss {
  of(output: tf.Tensor4D, target: tf.Tensor4D): tf.Scalar;
  dispose(): void;
}

/**
 * The loss of one batch against the teacher's features Y [batch, height, width, channels], row-major.
 * The parts of a batch, weighted by their images, have the loss of the batch: variances are always
 * those of the whole.
 *
 * - `mse`: the mean of (Ŷ − Y)² over all elements (DNA, equation of section 3.2).
 * - `mseOverVariance`: the same over the variance of all elements of Y (released code, `rela_loss`).
 * - `noiseToSignal`: per channel, mean squared error over the channel's variance; the mean over the
 *   channels (DONNA, Moons et al. 2021). A dead channel's variance counts as 10⁻⁴ of the mean one.
 * - `cosine`: 1 − cosine per image, the mean over the images. It leaves the scale of Ŷ free.
 *
 * Variances are the teacher's and divided by n − 1.
 */
export function featureLoss(
  kind: FeatureLossKind,
  values: Float32Array,
  channels: number,
): FeatureLoss {
  switch (kind) {
    case 'mse':
      return { of: squaredErrorMean, dispose() {} };
    case 'mseOverVariance': {
      const factor = 1 / (sampleVariance(values) + leastVariance);
      return {
        of: (output, target) => tf.mul(squaredErrorMean(output, target), factor),
        dispose() {},
      };
    }
    case 'noiseToSignal': {
      const weights = tf.tensor1d(signalWeights(values, channels));
      return {
        of: (output, target) => weightedSquaredErrorMean(output, target, weights),
        dispose: () => weights.dispose(),
      };
    }
    case 'cosine':
      return { of: cosineDistance, dispose() {} };
    default:
      return unknownLoss(kind);
  }
}

/** 1 / variance of each channel. */
function signalWeights(values: Float32Array, channels: number): Float32Array {
  const variances = channelVariances(values, channels);
  const mean = variances.reduce((sum, variance) => sum + variance, 0) / channels;
  const least = Math.max(leastVariance, leastChannelShare * mean);
  return Float32Array.from(variances, (variance) => 1 / Math.max(variance, least));
}

function unknownLoss(kind: never): never {
  throw new Error(`Unknown loss ${String(kind)}.`);
}
