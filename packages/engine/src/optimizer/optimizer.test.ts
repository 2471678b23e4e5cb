import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { type Parameter, ParameterStore } from '../layers/parameter-store.ts';
import { relativeError } from '../tolerance.ts';
import { createOptimizer } from './create-optimizer.ts';
import type { OptimizerSettings } from './optimizer.ts';

const settings: OptimizerSettings = {
  optimizer: 'adam',
  momentum: 0.9,
  optimizerEpsilon: 1e-8,
  weightDecay: 0.1,
};
const kinds = ['adam', 'adamw', 'rmspropTf', 'sgd'] as const;
const start = [0.5, -2];
const gradients = [
  [0.1, -3],
  [-0.2, 4],
  [0.3, 0],
];
const learningRate = 0.01;

let store = new ParameterStore();

afterEach(() => {
  store.dispose();
  store = new ParameterStore();
});

/** A weight of two values; with `decay`, one that decays. */
function parameterOf(name: string, decay: boolean): Parameter {
  const [layout, shape] = decay ? (['matrix', [2, 1]] as const) : (['vector', [2]] as const);
  return store.add({ name, kind: 'weight', layout, shape }, () => Float32Array.from(start));
}

function move(optimizer: ReturnType<typeof createOptimizer>, parameter: Parameter, step: number) {
  const gradient = tf.tensor(gradients[step] ?? [], parameter.value.shape);
  optimizer.apply(parameter, gradient, learningRate);
  gradient.dispose();
}

/** One value through the gradients `g`, with the L2 term or the decay of `d`. */
type Oracle = (value: number, g: readonly number[], d: number) => number;

// Each as the named library writes it, one number at a time, in double precision.
const oracles: Record<(typeof kinds)[number], Oracle> = {
  // torch.optim.Adam
  adam: (value, g, d) => adamOracle(value, g, d, 0),
  // torch.optim.AdamW
  adamw: (value, g, d) => adamOracle(value, g, 0, d),
  // timm.optim.RMSpropTF, lr_in_momentum
  rmspropTf: (value, g, d) => {
    let [square, buffer] = [1, 0];
    for (const raw of g) {
      const gradient = raw + d * value;
      square += 0.1 * (gradient ** 2 - square);
      buffer = 0.9 * buffer + (learningRate * gradient) / Math.sqrt(square + 0.001);
      value -= buffer;
    }
    return value;
  },
  // torch.optim.SGD, not Nesterov's
  sgd: (value, g, d) => {
    let buffer: number | undefined;
    for (const raw of g) {
      const gradient = raw + d * value;
      buffer = buffer === undefined ? gradient : 0.9 * buffer + gradient;
      value -= learningRate * buffer;
    }
    return value;
  },
};

function adamOracle(value: number, g: readonly number[], l2: number, decoupled: number) {
  let [m, v] = [0, 0];
  g.forEach((raw, index) => {
    const gradient = raw + l2 * value;
    m = 0.9 * m + 0.1 * gradient;
    v = 0.999 * v + 0.001 * gradient ** 2;
    value -= learningRate * decoupled * value;
    const root = Math.sqrt(v / (1 - 0.999 ** (index + 1))) + 1e-8;
    value -= (learningRate * (m / (1 - 0.9 ** (index + 1)))) / root;
  });
  return value;
}

describeEngines('optimisers', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  describe.each(kinds)('%s', (optimizer) => {
    const of = () =>
      createOptimizer({
        ...settings,
        optimizer,
        optimizerEpsilon: optimizer === 'rmspropTf' ? 0.001 : 1e-8,
      });

    it('takes the steps of its library, decaying weights alone', () => {
      const moving = of();
      const [weight, bias] = [parameterOf('weight', true), parameterOf('bias', false)];
      for (const step of gradients.keys()) {
        move(moving, weight, step);
        move(moving, bias, step);
      }
      const expected = (decay: number) =>
        start.map((value, i) =>
          oracles[optimizer](
            value,
            gradients.map((gradient) => gradient[i] ?? Number.NaN),
            decay,
          ),
        );
      expect(relativeError(weight.value.dataSync(), expected(0.1))).toBeLessThan(1e-6);
      expect(relativeError(bias.value.dataSync(), expected(0))).toBeLessThan(1e-6);
      expect(relativeError(expected(0), expected(0.1))).toBeGreaterThan(1e-5);
      moving.dispose();
    });

    it('goes on from its stored state bit for bit, and leaves no tensor behind', async () => {
      const tensors = tf.memory().numTensors;
      const [first, second] = [parameterOf('first', true), parameterOf('second', true)];
      const [whole, resumed] = [of(), of()];
      move(whole, first, 0);
      move(whole, first, 1);
      second.value.assign(first.value);
      const stored = await whole.read();
      const renamed = new Map(
        [...stored].map(([key, array]) => [key.replace('/first', '/second'), array]),
      );
      resumed.write(structuredClone(renamed));
      move(whole, first, 2);
      move(resumed, second, 2);
      expect(second.value.dataSync()).toEqual(first.value.dataSync());
      const [key] = [...stored.keys()];
      stored.delete(key ?? '');
      expect(() => of().write(stored)).toThrow('first is missing');
      whole.dispose();
      resumed.dispose();
      store.dispose();
      expect(tf.memory().numTensors).toBe(tensors);
    });
  });
});

describe('RMSprop and momentum by hand', () => {
  it('start from a mean square of one and from no velocity', () => {
    const parameter = parameterOf('hand', false);
    const moving = createOptimizer({
      ...settings,
      optimizer: 'rmspropTf',
      optimizerEpsilon: 0.001,
    });
    move(moving, parameter, 0);
    // g = 0.1: square 0.9 + 0.1 · 0.01 = 0.901, √0.902 = 0.949737, step 0.01 · 0.1 / 0.949737.
    expect(parameter.value.dataSync()[0]).toBeCloseTo(0.5 - 0.001 / 0.949737, 7);
    moving.dispose();
  });
});
