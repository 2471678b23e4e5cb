import { defaultFrame, type Head as HeadSpec } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../backends/describe-engines.ts';
import { openEngine } from '../backends/open.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Head } from './head.ts';
import { Initialiser } from './initialise.ts';
import { noise, stir, worstMismatch } from './layer-testing.ts';
import { ParameterStore } from './parameter-store.ts';

const names = {
  conv: { conv: 'conv_head', norm: 'bn2' },
  hidden: 'hidden',
  classifier: 'classifier',
};

function build(spec: HeadSpec) {
  const store = new ParameterStore();
  const initialiser = new Initialiser(store, 1);
  const head = new Head(spec, {
    ...{ initialiser, frame: defaultFrame, names, inChannels: 3, classes: 4 },
  });
  return { store, head };
}

const specs: HeadSpec[] = [
  { channels: 5, hidden: 0, activation: 'swish' },
  { channels: 5, hidden: 6, activation: 'hardSwish' },
  { channels: 0, hidden: 6, activation: 'relu' },
  { channels: 0, hidden: 0, activation: 'swish' },
];

describeEngines('heads', (engine) => {
  beforeAll(async () => {
    await openEngine(engine);
  });

  it.each(specs)('channels $channels, hidden $hidden: gradients', (spec) => {
    const { store, head } = build(spec);
    stir(head.weights);
    expect(head.features).toBe(spec.hidden || spec.channels || 3);
    const x = noise('head', 3, 2, 2, 3) as tf.Tensor4D;
    const target = noise('target', 3, 4);
    const mask = tf.tensor2d(
      Float32Array.from({ length: 3 * head.features }, (_, i) => (i % 3 === 0 ? 0 : 1.5)),
      [3, head.features],
    );
    const mismatch = worstMismatch(
      head.weights,
      (moments) =>
        squaredErrorMean(head.forward(x, { kind: 'train', moments, dropoutMask: mask }), target),
      3e-3,
    );
    expect(mismatch).toBeLessThan(3e-2);
    store.dispose();
  });
});

it('without parts is the mean and a linear layer', async () => {
  await openEngine('cpu');
  const { store, head } = build({ channels: 0, hidden: 0, activation: 'swish' });
  const x = noise('head', 3, 2, 2, 3) as tf.Tensor4D;
  const weight = store.get('classifier.weight').value as tf.Tensor as tf.Tensor2D;
  const expected = tf.matMul(tf.mean(x, [1, 2]) as tf.Tensor2D, weight);
  const logits = head.forward(x, { kind: 'eval' });
  expect([...logits.dataSync()]).toEqual([...expected.dataSync()]);
  store.dispose();
});
