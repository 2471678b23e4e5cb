import { createRandom, defaultFrame, type Frame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { Moments } from './forward-mode.ts';
import { Initialiser } from './initialise.ts';
import type { Parameter, ParameterStore } from './parameter-store.ts';
import type { LayerPlace } from './place.ts';

/** A place for a layer under test; its parameters are named `layer.…`. */
export function placeFor(
  store: ParameterStore,
  inChannels: number,
  frame: Frame = defaultFrame,
): LayerPlace {
  return { initialiser: new Initialiser(store, 1), name: 'layer', inChannels, frame, depth: 0.5 };
}

/** Standard normal values that belong to `seed`. */
export function noise<Shape extends number[]>(seed: string, ...shape: Shape): tf.Tensor {
  const random = createRandom(seed);
  const length = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Float32Array.from({ length }, () => random.normal()),
    shape,
  );
}

/** Moves every weight away from its start, where scales of 1 and offsets of 0 hide gradients. */
export function stir(weights: readonly Parameter[]): void {
  for (const { name, value } of weights) {
    const moved = tf.tidy(() => tf.add(value, tf.mul(noise(name, ...value.shape), 0.3)));
    value.assign(moved);
    moved.dispose();
  }
}

/** Disposes of what a training pass has recorded. */
export function discard(moments: readonly Moments[]): void {
  for (const { mean, variance } of moments) tf.dispose([mean, variance]);
}

/**
 * Largest difference between the analytic gradients of `weights` and central differences at a few
 * elements of each, relative to the largest gradient of the same weight.
 */
export function worstMismatch(
  weights: readonly Parameter[],
  loss: (moments: Moments[]) => tf.Scalar,
  stepSize = 1e-2,
): number {
  const evaluate = (): number => {
    const moments: Moments[] = [];
    const value = tf.tidy(() => loss(moments).dataSync()[0] as number);
    discard(moments);
    return value;
  };
  const moments: Moments[] = [];
  const variables = weights.map(({ value }) => value);
  const { value, grads } = tf.engine().gradients(() => loss(moments), variables);
  discard(moments);
  const mismatches = weights.map(({ value }, index) => {
    const original = value.dataSync().slice() as Float32Array;
    const analytic = grads[index]?.dataSync() ?? [];
    const at = (element: number, delta: number): number => {
      const moved = original.slice();
      moved[element] = (moved[element] as number) + delta;
      assign(value, moved);
      return evaluate();
    };
    const scale = Math.max(...Array.from(analytic, Math.abs), 1e-3);
    const elements = [0, Math.floor(original.length / 2), original.length - 1];
    const errors = elements.map((element) => {
      const numeric = (at(element, stepSize) - at(element, -stepSize)) / (2 * stepSize);
      return Math.abs(numeric - (analytic[element] as number)) / scale;
    });
    assign(value, original);
    return Math.max(...errors);
  });
  tf.dispose([value, ...grads]);
  return Math.max(...mismatches);
}

function assign(variable: tf.Variable, data: Float32Array): void {
  const tensor = tf.tensor(data, variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}
