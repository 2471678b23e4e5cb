import type { RatingMeasure } from '@blockwise/contracts';
import type * as tf from '@tensorflow/tfjs-core';
import type { FeatureBatch } from '../distil/feature-batch.ts';
import { absoluteErrorMean } from '../ops/absolute-error-mean.ts';
import { cosineDistance } from '../ops/cosine-distance.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import type { BatchMeasure, TeacherSuffix } from './batch-measure.ts';
import { sampleVariance } from './feature-moments.ts';
import { ReplacedBlock } from './replaced-block.ts';

/** What the loss of a path is, and what it is measured with. */
export interface MeasureOptions {
  /** `relativeL1` unless told, as in DNA. */
  readonly measure?: RatingMeasure;
  /** Of the replacing measures. */
  readonly teacher?: TeacherSuffix;
}

interface MeasuredBatch extends FeatureBatch {
  /** Classes of the images, where they are known. */
  readonly labels?: ArrayLike<number>;
  /** Of `y`, where the batch is a part of a larger one that of the whole. */
  readonly variance?: number;
}

/** The released code's: keeps features without variance from dividing by zero. */
const leastMoment = 1e-9;

/**
 * Prepares a measure for one batch, whose target `y` the caller keeps while it is used.
 *
 * - `relativeL1`: mean |Ŷ − Y| / (σ(Y) + 1e-9) (DNA, section 3.4; released code, `cl_loss`).
 * - `mseOverVariance`: mean (Ŷ − Y)² / (σ²(Y) + 1e-9) (released code, `rela_loss`).
 * - `cosine`: 1 − cosine per image, the mean over the images.
 * - `replaceKl`, `replaceError`: see {@link ReplacedBlock}.
 *
 * @param cut the teacher's cut point after the block
 */
export async function prepareMeasure(
  { measure = 'relativeL1', teacher }: MeasureOptions,
  batch: MeasuredBatch,
  y: tf.Tensor4D,
  cut: number,
): Promise<BatchMeasure> {
  switch (measure) {
    case 'relativeL1': {
      const deviation = Math.sqrt(batch.variance ?? sampleVariance(batch.y)) + leastMoment;
      return local((output) => absoluteErrorMean(output, y), deviation);
    }
    case 'mseOverVariance': {
      const variance = (batch.variance ?? sampleVariance(batch.y)) + leastMoment;
      return local((output) => squaredErrorMean(output, y), variance);
    }
    case 'cosine':
      return local((output) => cosineDistance(output, y), 1);
    case 'replaceKl':
    case 'replaceError':
      if (teacher === undefined) throw new Error(`The measure ${measure} needs the teacher.`);
      return await ReplacedBlock.of(measure, teacher, { y, cut, labels: batch.labels });
    default:
      return unknownMeasure(measure);
  }
}

/** A number from output and target alone, over a divisor. */
function local(reduce: (output: tf.Tensor4D) => tf.Tensor, divisor: number): BatchMeasure {
  return {
    reduce,
    score: ([value = Number.NaN]) => ({ loss: value / divisor }),
  };
}

function unknownMeasure(measure: never): never {
  throw new Error(`Unknown measure ${String(measure)}.`);
}
