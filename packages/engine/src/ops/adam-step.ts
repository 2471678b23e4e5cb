import * as tf from '@tensorflow/tfjs-core';
import { composedKernel, runKernel } from './kernel.ts';

export interface AdamStepAttributes {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** This parameter's own count of updates, from 1: what the bias correction divides by. */
  readonly step: number;
  /** L2 penalty added to the gradient, as in the paper's optimiser. */
  readonly weightDecay: number;
  /** Decoupled decay (Loshchilov and Hutter 2019): the parameter shrinks by learningRate × this. */
  readonly decoupledDecay: number;
}

interface Inputs {
  readonly param: tf.Variable;
  readonly grad: tf.Tensor;
  readonly m: tf.Variable;
  readonly v: tf.Variable;
}

/**
 * One Adam update of one parameter, in place (Kingma and Ba 2015, algorithm 1; epsilon is added to
 * the square root after bias correction). `param`, `grad`, `m` and `v` have one shape.
 */
export function adamStep(inputs: Inputs, attrs: AdamStepAttributes): void {
  runKernel('AdamStep', { ...inputs }, attrs);
}

export const adamStepKernel = composedKernel<Inputs, AdamStepAttributes>(
  'AdamStep',
  (
    { param, grad, m, v },
    { learningRate, beta1, beta2, epsilon, step, weightDecay, decoupledDecay },
  ) => {
    tf.tidy(() => {
      const g = weightDecay === 0 ? grad : tf.add(grad, tf.mul(param, weightDecay));
      const m1 = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
      const v1 = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2));
      const denominator = tf.add(tf.sqrt(tf.div(v1, 1 - beta2 ** step)), epsilon);
      const change = tf.div(tf.mul(m1, learningRate / (1 - beta1 ** step)), denominator);
      param.assign(tf.sub(tf.mul(param, 1 - learningRate * decoupledDecay), change));
      m.assign(m1);
      v.assign(v1);
    });
    return [];
  },
);
