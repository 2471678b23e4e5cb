import * as tf from '@tensorflow/tfjs-core';
import { guessesOf } from '../classify/accuracy.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import type { FeatureShape } from '../supernet.ts';
import type { FeatureTeacher } from './feature-teacher.ts';

/** About how large the largest tensor of a forward pass may be. A few are alive at a time. */
const tensorBytes = 256 * 2 ** 20;

/**
 * What every teacher does alike: arrays to tensors and back, in groups of images whose feature maps
 * fit into memory.
 */
export abstract class TensorTeacher implements FeatureTeacher {
  abstract readonly cuts: readonly FeatureShape[];
  abstract readonly classes: number | null;
  abstract readonly image: FeatureShape;
  /** Of the largest tensor of a forward pass, for one image. */
  protected abstract readonly largestTensorBytes: number;

  abstract featuresTensor(x: tf.Tensor4D, cuts: readonly number[]): tf.Tensor4D[];
  abstract logitsTensor(x: tf.Tensor4D): tf.Tensor2D;
  abstract logitsFromTensor(cut: number, features: tf.Tensor4D): tf.Tensor2D;
  abstract dispose(): void;

  async features(x: Float32Array, count: number, cuts: readonly number[]): Promise<Float32Array[]> {
    if (cuts.length === 0) return [];
    return await this.#inGroups(x, count, this.image, (images) =>
      this.featuresTensor(images, cuts),
    );
  }

  async logits(x: Float32Array, count: number): Promise<Float32Array> {
    const [logits] = await this.#inGroups(x, count, this.image, (images) => [
      this.logitsTensor(images),
    ]);
    return logits as Float32Array;
  }

  async logitsFrom(cut: number, features: Float32Array, count: number): Promise<Float32Array> {
    const [logits] = await this.#inGroups(features, count, this.shapeAt(cut), (maps) => [
      this.logitsFromTensor(cut, maps),
    ]);
    return logits as Float32Array;
  }

  async guess(x: Float32Array, count: number): Promise<Uint32Array> {
    return guessesOf(await this.logits(x, count), count);
  }

  protected shapeAt(cut: number): FeatureShape {
    const shape = this.cuts[cut];
    if (shape === undefined) {
      throw new Error(`The teacher has cut points 0 to ${this.cuts.length - 1}, not ${cut}.`);
    }
    return shape;
  }

  // Results of one group after the other, joined along the images.
  async #inGroups(
    data: Float32Array,
    count: number,
    shape: FeatureShape,
    compute: (x: tf.Tensor4D) => tf.Tensor[],
  ): Promise<Float32Array[]> {
    const images = Math.max(1, Math.floor(tensorBytes / this.largestTensorBytes));
    const size = data.length / count;
    const parts: Float32Array[][] = [];
    for (let first = 0; first < count; first += images) {
      const group = Math.min(images, count - first);
      const outputs = tf.tidy(() =>
        compute(featureTensor(data.subarray(first * size, (first + group) * size), group, shape)),
      );
      parts.push(await Promise.all(outputs.map(async (y) => (await y.data()) as Float32Array)));
      tf.dispose(outputs);
    }
    const [first = []] = parts;
    return parts.length === 1 ? first : first.map((_, i) => joined(parts.map((part) => part[i])));
  }
}

function joined(parts: readonly (Float32Array | undefined)[]): Float32Array {
  const arrays = parts.map((part) => part ?? new Float32Array());
  const result = new Float32Array(arrays.reduce((length, array) => length + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    result.set(array, offset);
    offset += array.length;
  }
  return result;
}
