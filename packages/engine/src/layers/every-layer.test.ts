import type { EngineName } from '@blockwise/contracts';
import { defaultFrame, parseLayer, printLayer, tensorFlowFrame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeTensorflow } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { describeWebgpu } from '../backends/webgpu/describe-webgpu.ts';
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

/** One case of each shape, every activation and padding among them: for an engine that is slow. */
const few = shapes.map((_, shape) => {
  const [activation, frame] = [shape % 3, shape % 2];
  return cases[shape * 6 + activation * 2 + frame] as (typeof cases)[number];
});

/** What one training pass of a layer on 2 × size × size × 4 gives. */
async function pass({ layer, frame }: (typeof cases)[number], size: number) {
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
  const gradients = await Promise.all(
    grads.map(async (gradient) => (await (gradient as tf.Tensor | null)?.data()) ?? []),
  );
  const [loss] = (await value.data()) as unknown as [number];
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

  it.each(cases)('$name $padding: shape, finite, every gradient, nothing left', async (given) => {
    const tensors = tf.memory().numTensors;
    for (const size of [8, 5]) {
      const { loss, gradients } = await pass(given, size);
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

/** One engine's pass against the reference engine's; and that it leaves no tensor. */
async function comparePasses(
  engine: EngineName,
  given: (typeof cases)[number],
  sizes: readonly number[],
): Promise<void> {
  await openEngine(engine, { allowSoftware: true });
  const { numTensors } = tf.memory();
  const own: Awaited<ReturnType<typeof pass>>[] = [];
  for (const size of sizes) own.push(await pass(given, size));
  expect(tf.memory().numTensors).toBe(numTensors);
  await openEngine('cpu');
  for (const [i, size] of sizes.entries()) {
    const reference = await pass(given, size);
    expect(own[i]?.loss).toBeCloseTo(reference.loss, 4);
    for (const [name, gradient] of reference.gradients) {
      const error = relativeError(own[i]?.gradients.get(name) ?? [], gradient);
      expect(error, `${name} at ${size}`).toBeLessThan(1e-3);
    }
  }
}

describeTensorflow('every kind of layer on tensorflow', () => {
  it.each(few)('computes the reference’s gradients for $name $padding', async (given) => {
    await comparePasses('tensorflow', given, [5, 6]);
  });
});

describeWebgpu('every kind of layer on webgpu', () => {
  it.each(few)('computes the reference’s gradients for $name $padding', async (given) => {
    await comparePasses('webgpu', given, [5, 6]);
  });
});

describe('the reference engine', () => {
  // With a stride of 2, TensorFlow's padding has two equal sides on odd sizes only.
  it.each(cases)('computes the same gradients for $name $padding', async (given) => {
    const sizes = given.layer.stride === 2 ? [5, 6] : [5];
    await comparePasses('wasm', given, sizes);
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
