import * as tf from '@tensorflow/tfjs-core';
import type { Range } from '../memory/even-parts.ts';
import type { FeatureShape } from '../supernet.ts';
import { checkLength, type FeatureBatch, featureTensor } from './feature-batch.ts';

/** A batch with the shapes of its maps. */
interface ShapedBatch extends FeatureBatch {
  readonly input: FeatureShape;
  readonly output: FeatureShape;
}

/** The part of a batch that is on the engine: one at a time, whatever number of paths read it. */
export class PartTensors {
  readonly #batch: ShapedBatch;
  #held: { from: number; input: tf.Tensor4D; target: tf.Tensor4D } | null = null;

  constructor(batch: ShapedBatch) {
    const { x, y, count, input, output } = batch;
    checkLength(x, count, input);
    checkLength(y, count, output);
    this.#batch = batch;
  }

  /** Valid until another part is asked for. */
  of({ from, to }: Range): { readonly input: tf.Tensor4D; readonly target: tf.Tensor4D } {
    if (this.#held?.from === from) return this.#held;
    this.dispose();
    const { x, y, input: inner, output: outer, count } = this.#batch;
    const part = (values: Float32Array) =>
      values.subarray((from * values.length) / count, (to * values.length) / count);
    const input = featureTensor(part(x), to - from, inner);
    try {
      this.#held = { from, input, target: featureTensor(part(y), to - from, outer) };
    } catch (error) {
      input.dispose();
      throw error;
    }
    return this.#held;
  }

  dispose(): void {
    if (this.#held) tf.dispose([this.#held.input, this.#held.target]);
    this.#held = null;
  }
}
