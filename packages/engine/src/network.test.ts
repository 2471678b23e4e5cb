import { networkCost, networkCuts, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from './backends/open.ts';
import type { Moments } from './layers/forward-mode.ts';
import { NetworkModel, networkParameters } from './network.ts';
import { squaredErrorMean } from './ops/squared-error-mean.ts';
import { relativeError } from './tolerance.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const networks = [
  'cn_k3_s1_c8 ds_k3_s1_c6_se0.25 | ir_r2_k3_s2_e6_c8_se0.25 | ir_k5_s2_e3_c12_se0.25 | hd_c20',
  'net_same_eps0.001 | cn_k3_s2_c8_nhs | er_r2_k3_s2_e2_c8_sh0.25_nre | cn_k1_c12_nhs | hd_c12_p10_nhs',
  'ds_k3_s2_c8 | ir_k3_s2_e2_c8 | ir_k3_e2_c8 | hd_c12',
  'cn_k7_s2_c8_nre mp_k3_s2 | bt_r2_k3_e0.25_c16_nre | bt_k3_s2_e0.25_c32_nre | hd',
].map((text) => parseNetwork(text));

const network = parseNetwork(
  'cn_k3_s1_c8 ds_k3_s1_c6_se0.25 | ir_r2_k3_s2_e6_c8_se0.25 | ir_k5_s2_e3_c12_se0.25 ir_k7_s1_e3_c12 | hd_c20',
);

describe('NetworkModel', () => {
  it('has the parameters that the cost counter counts', () => {
    const model = new NetworkModel({ network, classes: 7, seed: 1 });
    const params = model.weights.reduce((sum, { value }) => sum + value.size, 0);
    expect(params).toBe(networkCost(network, { inputSize: 16, classes: 7 }).params);
    expect(new Set(model.weights)).toEqual(new Set(model.store.weights()));
    model.dispose();
  });

  it.each(networks)('of any kind: parameters, suffix, and a copy from its weights', async (net) => {
    const tensors = tf.memory().numTensors;
    const model = new NetworkModel({ network: net, classes: 5, seed: 3 });
    const described = networkParameters(net, 5);
    expect(model.store.all().map(({ name, shape }) => [name, shape])).toEqual(
      described.map(({ name, shape }) => [name, shape]),
    );
    expect(new Set(model.weights)).toEqual(new Set(model.store.weights()));
    const params = model.weights.reduce((sum, { value }) => sum + value.size, 0);
    expect(params).toBe(networkCost(net, { inputSize: 16, classes: 5 }).params);
    const weights = await model.store.read();
    const copy = new NetworkModel({ network: net, classes: 5, seed: 'other', weights });
    tf.tidy(() => {
      const x = tf.randomNormal([2, 16, 16, 3], 0, 1, 'float32', 7) as tf.Tensor4D;
      const mode = { kind: 'eval' } as const;
      const logits = model.forward(x, mode).dataSync();
      expect(copy.forward(x, mode).dataSync()).toEqual(logits);
      expect(logits.some((value) => value !== 0)).toBe(true);
      model.features(x, 2, mode).forEach((features, cut) => {
        const fromCut = model.forwardFrom(cut, features, mode).dataSync();
        expect(relativeError(fromCut, logits), `cut ${cut}`).toBe(0);
      });
      expect(() => model.forwardFrom(-1, x, mode)).toThrow('0 to 2');
    });
    model.dispose();
    copy.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('refuses weights that do not fit before anything is allocated', async () => {
    const model = new NetworkModel({ network, classes: 7, seed: 1 });
    const weights = await model.store.read();
    model.dispose();
    weights.delete('blocks.1.1.bn3.bias');
    const tensors = tf.memory().numTensors;
    expect(() => new NetworkModel({ network, classes: 7, seed: 1, weights })).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining('blocks.1.1.bn3.bias is missing'),
      }),
    );
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('trains every parameter of a whole network', () => {
    for (const net of networks) {
      const model = new NetworkModel({ network: net, classes: 5, seed: 3 });
      const moments: Moments[] = [];
      const { value, grads } = tf.engine().gradients(
        () => {
          const x = tf.randomNormal([4, 16, 16, 3], 0, 1, 'float32', 7) as tf.Tensor4D;
          const logits = model.forward(x, { kind: 'train', moments });
          return squaredErrorMean(logits, tf.ones([4, 5]));
        },
        model.weights.map((weight) => weight.value),
      );
      grads.forEach((gradient, index) => {
        expect(
          gradient.dataSync().some((g) => g !== 0 && Number.isFinite(g)),
          model.weights[index]?.name,
        ).toBe(true);
      });
      tf.dispose([value, ...grads]);
      for (const { mean, variance } of moments) tf.dispose([mean, variance]);
      model.dispose();
    }
  });

  it('drops paths by the index of a residual layer over the number of layers', () => {
    const text = 'cn_k3_c4 ds_k3_c4 | ir_r2_k3_s2_e2_c8 | ir_r3_k3_e2_c8 er_k3_e2_c8 | hd_c8';
    const model = new NetworkModel({ network: parseNetwork(text), classes: 2, seed: 1 });
    const depths: number[] = [];
    const dropPath = (depth: number, count: number) => {
      depths.push(depth * 7);
      return new Float32Array(count).fill(1);
    };
    const x = tf.ones([2, 8, 8, 3]) as tf.Tensor4D;
    model.forward(x, { kind: 'train', moments: [], dropPath });
    // The convolution does not count; layer 1, of stride 2, has no residual.
    expect(depths.map(Math.round)).toEqual([0, 2, 3, 4, 5, 6]);
    model.dispose();
  });

  it('names them as timm names an EfficientNet', () => {
    const model = new NetworkModel({ network, classes: 7, seed: 1 });
    const names = model.store.all().map(({ name }) => name);
    for (const name of [
      'conv_stem.weight',
      'bn1.running_mean',
      'blocks.0.0.conv_dw.weight',
      'blocks.1.1.conv_pw.weight',
      'blocks.2.0.se.conv_reduce.bias',
      'blocks.2.1.conv_pwl.weight',
      'conv_head.weight',
      'bn2.weight',
      'classifier.weight',
    ]) {
      expect(names).toContain(name);
    }
    expect(names.filter((name) => name.startsWith('blocks.2.1.se'))).toEqual([]);
    model.dispose();
  });

  it('has the feature maps at the cut points that the grammar says', () => {
    const model = new NetworkModel({ network, classes: 7, seed: 1 });
    const shapes = tf.tidy(() => {
      const x = tf.ones([2, 16, 16, 3]) as tf.Tensor4D;
      expect(model.forward(x, { kind: 'eval' }).shape).toEqual([2, 7]);
      return model.features(x, 2, { kind: 'eval' }).map(({ shape }) => shape);
    });
    const cuts = networkCuts(network, 16);
    expect(shapes).toEqual(cuts.map(({ channels, size }) => [2, size, size, channels]));
    expect(() => model.features(tf.ones([1, 16, 16, 3]), 3, { kind: 'eval' })).toThrow('0 to 2');
    model.dispose();
  });
});
