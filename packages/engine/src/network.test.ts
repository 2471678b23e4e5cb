import { networkCost, networkCuts, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from './backends/open.ts';
import { NetworkModel } from './network.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

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
