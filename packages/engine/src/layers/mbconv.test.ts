import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArray } from '../artifacts/named-arrays.ts';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { absoluteErrorMean } from '../ops/absolute-error-mean.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { sampleDeviation } from '../rating/feature-moments.ts';
import { relativeError } from '../tolerance.ts';
import type { Moments } from './forward-mode.ts';
import { placeFor } from './layer-testing.ts';
import { MBConv } from './mbconv.ts';
import { fixtureNames, readFixture } from './mbconv-fixture.ts';
import { ParameterStore } from './parameter-store.ts';

const tolerance = 1e-4;

describeEngines('MBConv against PyTorch', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  describe.each(fixtureNames)('%s', (name) => {
    const fixture = readFixture(name);

    function build() {
      const store = new ParameterStore();
      const { inChannels } = fixture;
      const layer = new MBConv(placeFor(store, inChannels), fixture.layer);
      const untouched = [...store.all()].filter((parameter) => parameter.kind === 'statistic');
      const statistics = untouched.map(({ name, value }): [string, NamedArray] => [
        name,
        { shape: value.shape, data: value.dataSync() as Float32Array },
      ]);
      store.write(new Map([...fixture.params, ...statistics]));
      return { store, layer };
    }

    it('computes output, losses and gradients', () => {
      const { store, layer } = build();
      const x = tensor(fixture.x);
      const target = tensor(fixture.target);
      const moments: Moments[] = [];
      const mode = { kind: 'train', moments } as const;
      const parameters = layer.weights.map(({ value }) => value);
      const { value, grads } = tf.engine().gradients(() => {
        const y = layer.forward(x, mode);
        expect(relativeError(y.dataSync(), fixture.y.data)).toBeLessThan(tolerance);
        const relativeL1 =
          (absoluteErrorMean(y, target).dataSync()[0] as number) /
          (sampleDeviation(fixture.target.data) + 1e-9);
        expect(relativeError([relativeL1], [fixture.relativeL1])).toBeLessThan(tolerance);
        return squaredErrorMean(y, target);
      }, [x, ...parameters]);
      expect(relativeError(value.dataSync(), [fixture.loss])).toBeLessThan(tolerance);
      const [gradX, ...weightGradients] = grads;
      expect(relativeError(gradX?.dataSync() ?? [], fixture.gradX.data)).toBeLessThan(tolerance);
      expect(fixture.grads.size).toBe(layer.weights.length);
      layer.weights.forEach((parameter, index) => {
        const expected = fixture.grads.get(parameter.name)?.data ?? [];
        const actual = weightGradients[index]?.dataSync() ?? [];
        expect(relativeError(actual, expected), parameter.name).toBeLessThan(tolerance);
      });
      tf.dispose([x, target, value, ...grads]);
      for (const { mean, variance } of moments) tf.dispose([mean, variance]);
      store.dispose();
    });

    it('moves parameters and running statistics in one Adam step', async () => {
      const { store, layer } = build();
      const x = tensor(fixture.x);
      const target = tensor(fixture.target);
      const optimizer = new Adam();
      const loss = await gradientStep({
        parameters: layer.weights,
        optimizer,
        learningRate: fixture.learningRate,
        loss: (mode) => squaredErrorMean(layer.forward(x, mode), target),
      });
      expect(relativeError([loss], [fixture.loss])).toBeLessThan(tolerance);
      const after = await store.read();
      const expected = new Map([...fixture.paramsAfterStep, ...fixture.statistics]);
      expect([...after.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [key, { data }] of expected) {
        expect(relativeError(after.get(key)?.data ?? [], data), key).toBeLessThan(tolerance);
      }
      tf.dispose([x, target]);
      optimizer.dispose();
      store.dispose();
    });
  });
});

function tensor({ shape, data }: NamedArray): tf.Tensor4D {
  return tf.tensor4d(data, shape as [number, number, number, number]);
}
