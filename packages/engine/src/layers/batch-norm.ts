import * as tf from '@tensorflow/tfjs-core';
import { affineActivation } from '../ops/affine-activation.ts';
import { batchNormPoolTrain } from '../ops/batch-norm-pool-train.ts';
import { batchNormTrain } from '../ops/batch-norm-train.ts';
import type { Activation } from '../ops/kernel.ts';
import { normDepthwise } from '../ops/norm-depthwise.ts';
import { spatialMean } from '../ops/spatial-mean.ts';
import { depthwise, type Sliding } from './convolution.ts';
import type { Affine, ForwardMode, Moments, TrainMode } from './forward-mode.ts';
import { paddingOf } from './padding.ts';
import type { Parameter } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';

/** PyTorch's default, which the released code keeps. */
const momentum = 0.1;

/** Batch normalisation over [batch, height, width] per channel, with the activation after it. */
export class BatchNorm {
  readonly weights: readonly Parameter[];
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #mean: Parameter;
  readonly #variance: Parameter;
  readonly #attributes: { readonly epsilon: number; readonly activation: Activation };

  /** Its parameters are named `name.…`, whatever the place is called. */
  constructor(
    { initialiser, frame }: Pick<LayerPlace, 'initialiser' | 'frame'>,
    name: string,
    channels: number,
    activation: Activation,
  ) {
    this.#weight = initialiser.vector(`${name}.weight`, channels, 1);
    this.#bias = initialiser.vector(`${name}.bias`, channels, 0);
    this.#mean = initialiser.statistic(`${name}.running_mean`, channels, 0);
    this.#variance = initialiser.statistic(`${name}.running_var`, channels, 1);
    this.#attributes = { epsilon: frame.epsilon, activation };
    this.weights = [this.#weight, this.#bias];
  }

  /** `x` [batch, height, width, channels] → the same shape. */
  forward(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    switch (mode.kind) {
      case 'train': {
        const [y, mean, variance] = this.#normalise(x);
        this.#record(mode, x, mean, variance);
        return y;
      }
      case 'eval':
        return this.#apply(x, this.#fold(this.#mean.value, this.#variance.value));
      case 'calibrate': {
        const [y, mean, variance] = this.#normalise(x);
        const { scale, offset } = this.#fold(mean, tf.mul(variance, unbiased(x.size / mean.size)));
        mode.affine.set(this, { scale: tf.keep(scale), offset: tf.keep(offset) });
        return y;
      }
      case 'recalibrate': {
        const [y, mean, variance] = this.#normalise(x);
        this.#mean.value.assign(mean);
        this.#variance.value.assign(tf.mul(variance, unbiased(x.size / mean.size)));
        return y;
      }
      case 'given': {
        const affine = mode.affine.get(this);
        if (affine === undefined) throw new Error(`${this.#weight.name} was not calibrated.`);
        return this.#apply(x, affine);
      }
      default:
        return unknownMode(mode);
    }
  }

  /**
   * As {@link forward}, with the result's mean over height and width, [batch, channels], which
   * training computes on the way.
   */
  forwardPooled(x: tf.Tensor4D, mode: ForwardMode): { y: tf.Tensor4D; pooled: tf.Tensor2D } {
    if (mode.kind !== 'train') {
      const y = this.forward(x, mode);
      return { y, pooled: spatialMean(y) };
    }
    const [scale, offset] = [vector(this.#weight), vector(this.#bias)];
    const [y, mean, variance, pooled] = batchNormPoolTrain(x, scale, offset, this.#attributes);
    this.#record(mode, x, mean, variance);
    return { y, pooled };
  }

  /**
   * Normalisation and activation, then a depth-wise convolution with `kernel` [k, k, channels, 1]:
   * [batch, height, width, channels] → [batch, ⌈height / stride⌉, ⌈width / stride⌉, channels].
   */
  forwardDepthwise(
    x: tf.Tensor4D,
    kernel: tf.Tensor,
    sliding: Sliding,
    mode: ForwardMode,
  ): tf.Tensor4D {
    if (mode.kind !== 'train') return depthwise(this.forward(x, mode), kernel, sliding);
    const padding = paddingOf(kernel.shape[0] as number, sliding.frame);
    const parts = [vector(this.#weight), vector(this.#bias), kernel as tf.Tensor4D] as const;
    const window = { stride: sliding.stride, padding };
    const [y, mean, variance] = normDepthwise(x, parts, this.#attributes, window);
    this.#record(mode, x, mean, variance);
    return y;
  }

  /** Moves the running statistics by 0.1 towards a step's; the variance unbiased, as PyTorch. */
  observe({ mean, variance, count }: Moments): void {
    tf.tidy(() => {
      move(this.#mean.value, tf.mul(mean, momentum));
      move(this.#variance.value, tf.mul(variance, momentum * unbiased(count)));
    });
  }

  #record(mode: TrainMode, x: tf.Tensor4D, mean: tf.Tensor1D, variance: tf.Tensor1D): void {
    const count = x.size / mean.size;
    mode.moments.push({ norm: this, mean: tf.keep(mean), variance: tf.keep(variance), count });
  }

  #normalise(x: tf.Tensor4D): [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D] {
    return batchNormTrain(x, vector(this.#weight), vector(this.#bias), this.#attributes);
  }

  #apply(x: tf.Tensor4D, { scale, offset }: Affine): tf.Tensor4D {
    return affineActivation(x, scale, offset, this.#attributes.activation);
  }

  #fold(mean: tf.Tensor, variance: tf.Tensor): Affine {
    return tf.tidy(() => {
      const scale = tf.mul(
        vector(this.#weight),
        tf.rsqrt(tf.add(variance, this.#attributes.epsilon)),
      );
      const offset = tf.sub(vector(this.#bias), tf.mul(mean, scale));
      return { scale: scale as tf.Tensor1D, offset: offset as tf.Tensor1D };
    });
  }
}

function vector({ value }: { value: tf.Tensor }): tf.Tensor1D {
  return value as tf.Tensor1D;
}

function unbiased(count: number): number {
  return count / Math.max(1, count - 1);
}

function move(running: tf.Variable, share: tf.Tensor): void {
  running.assign(tf.add(tf.mul(running, 1 - momentum), share));
}

function unknownMode(mode: never): never {
  throw new Error(`Unknown forward mode ${JSON.stringify(mode)}.`);
}
