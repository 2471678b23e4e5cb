import { createRandom } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { adamStepKernel } from '../../../ops/adam-step.ts';
import { affineActivationKernel } from '../../../ops/affine-activation.ts';
import { batchNormTrainGradKernel, batchNormTrainKernel } from '../../../ops/batch-norm-train.ts';
import { channelGateGradKernel, channelGateKernel } from '../../../ops/channel-gate.ts';
import type { ComposedKernel } from '../../../ops/kernel.ts';
import { spatialMeanKernel } from '../../../ops/spatial-mean.ts';
import { relativeError } from '../../../tolerance.ts';
import { openEngine } from '../../open.ts';
import { describeWebgpu } from '../describe-webgpu.ts';

const random = createRandom('webgpu kernels');
const activations = ['none', 'swish', 'relu', 'hardSwish'] as const;
/** Less than a workgroup and more, whole tiles of channels and not, one of everything. */
const shapes = [
  [2, 5, 7, 13],
  [3, 9, 9, 24],
  [1, 1, 1, 1],
  [65, 1, 1, 8],
] as const;

interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

function noise(...shape: number[]): Values {
  const length = tf.util.sizeFromShape(shape);
  return { shape, data: Float32Array.from({ length }, () => 2 * random.normal()) };
}

function positive(...shape: number[]): Values {
  const { data } = noise(...shape);
  return { shape, data: data.map((value) => Math.abs(value) + 0.1) };
}

/** Everything that the active engine's kernel of that name gives, the updated variables included. */
async function results(
  { kernelName }: ComposedKernel,
  inputs: Readonly<Record<string, Values>>,
  attributes: object,
): Promise<Float32Array[]> {
  const { numTensors } = tf.memory();
  const given = Object.entries(inputs).map(([name, { shape, data }]): [string, tf.Variable] => {
    const start = tf.tensor(data, [...shape]);
    const variable = tf.variable(start);
    start.dispose();
    return [name, variable];
  });
  const result = tf
    .engine()
    .runKernel<tf.Tensor | tf.Tensor[]>(
      kernelName,
      Object.fromEntries(given),
      attributes as tf.NamedAttrMap,
    );
  const outputs = Array.isArray(result) ? result : [result];
  const read = outputs.length > 0 ? outputs : given.map(([, variable]) => variable);
  const values = await Promise.all(read.map((tensor) => tensor.data<'float32'>()));
  tf.dispose(outputs);
  for (const [, variable] of given) variable.dispose();
  expect(tf.memory().numTensors, `${kernelName} leaves tensors`).toBe(numTensors);
  return values;
}

/** The largest relative error against the composed kernel on the reference engine. */
async function errorOf(
  kernel: ComposedKernel,
  inputs: Readonly<Record<string, Values>>,
  attributes: object = {},
): Promise<number> {
  await openEngine('webgpu', { allowSoftware: true });
  const own = await results(kernel, inputs, attributes);
  await openEngine('cpu');
  const reference = await results(kernel, inputs, attributes);
  expect(own).toHaveLength(reference.length);
  return Math.max(...own.map((values, i) => relativeError(values, reference[i] ?? [])));
}

describeWebgpu('kernels on webgpu compute what the composed ones do on cpu', () => {
  beforeAll(async () => {
    await openEngine('webgpu', { allowSoftware: true });
  });

  it.each(activations)('normalisation and its gradient, %s', async (activation) => {
    const attributes = { epsilon: 1e-3, activation };
    for (const shape of shapes) {
      const channels = shape[3];
      const [x, dy] = [noise(...shape), noise(...shape)];
      const [scale, offset] = [noise(channels), noise(channels)];
      const forward = await errorOf(batchNormTrainKernel, { x, scale, offset }, attributes);
      expect(forward, `forward of ${shape}`).toBeLessThan(1e-5);
      const [mean, variance] = [noise(channels), positive(channels)];
      const inputs = { dy, x, scale, offset, mean, variance };
      const backward = await errorOf(batchNormTrainGradKernel, inputs, attributes);
      expect(backward, `backward of ${shape}`).toBeLessThan(1e-4);
    }
  });

  it.each(activations)('affine and activation, %s', async (activation) => {
    for (const shape of [...shapes, [6, 5]]) {
      const channels = shape.at(-1) ?? 1;
      const inputs = { x: noise(...shape), scale: noise(channels), offset: noise(channels) };
      expect(await errorOf(affineActivationKernel, inputs, { activation })).toBeLessThan(1e-5);
    }
  });

  it('spatial mean, gate and its gradient', async () => {
    for (const shape of shapes) {
      const [batch, , , channels] = shape;
      const [x, dy, gate] = [noise(...shape), noise(...shape), noise(batch, channels)];
      expect(await errorOf(spatialMeanKernel, { x })).toBeLessThan(1e-5);
      expect(await errorOf(channelGateKernel, { x, gate })).toBeLessThan(1e-6);
      expect(await errorOf(channelGateGradKernel, { dy, x, gate })).toBeLessThan(1e-5);
    }
  });

  it.each([
    { weightDecay: 0, decoupledDecay: 0 },
    { weightDecay: 0.1, decoupledDecay: 0 },
    { weightDecay: 0, decoupledDecay: 0.1 },
  ])('one step of Adam with $weightDecay, $decoupledDecay', async (decay) => {
    for (const shape of [[3, 3, 5, 1], [300], [1]]) {
      const inputs = {
        ...{ param: noise(...shape), grad: noise(...shape) },
        ...{ m: noise(...shape), v: positive(...shape) },
      };
      const rates = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 3 };
      expect(await errorOf(adamStepKernel, inputs, { ...rates, ...decay })).toBeLessThan(1e-5);
    }
  });

  it.each(activations)('a NaN stays one, %s', async (activation) => {
    await openEngine('webgpu', { allowSoftware: true });
    const x = { shape: [1, 2], data: Float32Array.from([Number.NaN, 1]) };
    const filled = (value: number) => ({ shape: [2], data: new Float32Array(2).fill(value) });
    const inputs = { x, scale: filled(1), offset: filled(0) };
    const [y] = await results(affineActivationKernel, inputs, { activation });
    expect(y?.[0]).toBeNaN();
    expect(y?.[1]).toBeGreaterThan(0);
  });
});
