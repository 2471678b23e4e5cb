import { defaultFrame, parseLayer, printLayer, tensorFlowFrame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { relativeError } from '../tolerance.ts';
import { buildLayer } from './build.ts';
import type { Moments } from './forward-mode.ts';
import { discard, noise, placeFor, stir, worstMismatch } from './layer-testing.ts';
import { ParameterStore } from './parameter-store.ts';

const shapes = [
  'cn_k3_c4',
  'cn_k5_s2_c6',
  'cn_k1_s2_c6',
  'ds_k3_c4_se0.25',
  'ds_k7_s2_c6_sh0.25',
  'ir_k3_e2_c4_se0.5',
  'ir_k5_s2_e1.5_c6_sh0.5',
  'ir_k7_e3_c6',
  'er_k3_e2_c4_se0.25',
  'er_k5_s2_e1.5_c6',
  'bt_k3_e0.5_c4',
  'bt_k5_s2_e0.5_c6',
  'bt_k7_e0.25_c8',
];
const layers = shapes.flatMap((shape) =>
  ['', '_nre', '_nhs'].map((end) => parseLayer(shape + end)),
);
const cases = layers.flatMap((layer) =>
  [defaultFrame, tensorFlowFrame].map((frame) => ({
    ...{ layer, frame, name: printLayer(layer) },
    padding: frame.padding,
  })),
);

/** What one training pass of a layer on 2 × size × size × 4 gives. */
function pass({ layer, frame }: (typeof cases)[number], size: number) {
  const store = new ParameterStore();
  const module = buildLayer(placeFor(store, 4, frame), layer);
  stir(module.weights);
  const side = Math.ceil(size / layer.stride);
  const x = noise('x', 2, size, size, 4) as tf.Tensor4D;
  const target = noise('target', 2, side, side, module.outChannels);
  const moments: Moments[] = [];
  const variables = module.weights.map(({ value }) => value);
  const { value, grads } = tf.engine().gradients(() => {
    const y = module.forward(x, { kind: 'train', moments });
    expect(y.shape).toEqual(target.shape);
    return squaredErrorMean(y, target);
  }, [x, ...variables]);
  const gradients = grads.map((gradient) => (gradient as tf.Tensor | null)?.dataSync() ?? []);
  const loss = value.dataSync()[0] as number;
  tf.dispose([x, target, value, ...grads]);
  discard(moments);
  const names = ['the input', ...module.weights.map(({ name }) => name)];
  store.dispose();
  return { loss, gradients: new Map(names.map((name, i) => [name, gradients[i] ?? []])) };
}

describe('every kind of layer, activation and padding', () => {
  beforeAll(async () => {
    await openEngine('wasm');
  });

  it.each(cases)('$name $padding: shape, finite, every gradient, nothing left', (given) => {
    const tensors = tf.memory().numTensors;
    for (const size of [8, 5]) {
      const { loss, gradients } = pass(given, size);
      expect(Number.isFinite(loss)).toBe(true);
      for (const [name, gradient] of gradients) {
        expect(Array.from(gradient).every(Number.isFinite), name).toBe(true);
        expect(
          Array.from(gradient).some((g) => g !== 0),
          name,
        ).toBe(true);
      }
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('the reference engine', () => {
  // With a stride of 2, TensorFlow's padding has two equal sides on odd sizes only.
  it.each(cases)('computes the same gradients for $name $padding', async (given) => {
    const sizes = given.layer.stride === 2 ? [5, 6] : [5];
    await openEngine('wasm');
    const own = sizes.map((size) => pass(given, size));
    await openEngine('cpu');
    sizes.forEach((size, i) => {
      const reference = pass(given, size);
      expect(own[i]?.loss).toBeCloseTo(reference.loss, 4);
      for (const [name, gradient] of reference.gradients) {
        const error = relativeError(own[i]?.gradients.get(name) ?? [], gradient);
        expect(error, `${name} at ${size}`).toBeLessThan(1e-3);
      }
    });
  });

  it.each(cases)('agrees with finite differences for $name $padding', async ({ layer, frame }) => {
    await openEngine('cpu');
    const store = new ParameterStore();
    const module = buildLayer(placeFor(store, 4, frame), layer);
    stir(module.weights);
    const side = Math.ceil(5 / layer.stride);
    const x = noise('x', 2, 5, 5, 4) as tf.Tensor4D;
    const target = noise('target', 2, side, side, module.outChannels);
    const mismatch = worstMismatch(
      module.weights,
      (moments) => squaredErrorMean(module.forward(x, { kind: 'train', moments }), target),
      1e-3,
    );
    expect(mismatch).toBeLessThan(5e-2);
    tf.dispose([x, target]);
    store.dispose();
  });
});
