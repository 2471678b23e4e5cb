import * as tf from '@tensorflow/tfjs-core';
import { batchNormTrain, type NormAttributes } from './batch-norm-train.ts';
import { firstGradient, runKernel } from './kernel.ts';
import { spatialMean } from './spatial-mean.ts';

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];
type Five = [...Three, tf.Tensor, tf.Tensor];
type Result = [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor2D];

/**
 * As `batchNormTrain` for `x` [batch, height, width, channels], and as a fourth result its mean over
 * height and width, [batch, channels], through which gradients flow too. Some back ends have a kernel
 * that does both in one.
 */
export function batchNormPoolTrain(
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  attrs: NormAttributes,
): Result {
  if (tf.getKernel('BatchNormPoolTrain', tf.getBackend()) == null) {
    const [y, mean, variance] = batchNormTrain(x, scale, offset, attrs);
    return [y, mean, variance, spatialMean(y)];
  }
  return runKernel('BatchNormPoolTrain', { x, scale, offset }, attrs) as unknown as Result;
}

export const batchNormPoolGradient: tf.GradConfig = {
  kernelName: 'BatchNormPoolTrain',
  inputsToSave: ['x', 'scale', 'offset'],
  outputsToSave: [false, true, true, false],
  gradFunc: (dys, saved, attrs) => {
    const dy = firstGradient(dys);
    const dpooled = (dys as tf.Tensor[])[3] as tf.Tensor;
    const [x, scale, offset, mean, variance] = saved as Five;
    const inputs = { dy, x, scale, offset, mean, variance, dpooled };
    const all = runKernel('BatchNormPoolTrainGrad', inputs, { ...attrs, consume: true });
    const [dx, dscale, doffset] = all as Three;
    return { x: () => dx, scale: () => dscale, offset: () => doffset };
  },
};
