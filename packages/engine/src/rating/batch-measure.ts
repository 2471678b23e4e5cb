import type * as tf from '@tensorflow/tfjs-core';
import type { FeatureTeacher } from '../teachers/feature-teacher.ts';

/** The teacher after a cut point: what a path is put into. */
export type TeacherSuffix = Pick<FeatureTeacher, 'logitsFromTensor'>;

/** What a path has on one batch. */
export interface BatchScore {
  readonly loss: number;
  /** KL(teacher ‖ replaced), natural logarithm, the mean over the images. */
  readonly kl?: number;
  /** Share of the images that the replaced teacher classifies right. */
  readonly top1?: number;
}

/** A measure made ready for one batch. */
export interface BatchMeasure {
  /** What is needed of a path's output, on the back end. */
  reduce(output: tf.Tensor4D): tf.Tensor;
  /** The score, from the values of what {@link reduce} gave. */
  score(values: Float32Array): BatchScore;
}
