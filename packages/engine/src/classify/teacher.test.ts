import { createRandom, networkCuts, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { NetworkModel } from '../network.ts';
import type { FeatureTeacher } from '../teachers/feature-teacher.ts';
import { relativeError } from '../tolerance.ts';
import { Teacher } from './teacher.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const network = parseNetwork('cn_k3_s2_c6 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s1_e2_c8 | hd_c16');
const options = { network, classes: 3, imageSize: 12 };
const count = 4;
const random = createRandom('images');
const x = Float32Array.from({ length: count * 12 * 12 * 3 }, () => random.normal());

it('computes what its network computes, from the image and from every cut', async () => {
  const model = new NetworkModel({ network, classes: 3, seed: 1 });
  const weights = await model.store.read();
  const images = tf.tensor4d(x, [count, 12, 12, 3]);
  const expected = tf.tidy(() => model.forward(images, { kind: 'eval' }).dataSync());
  tf.dispose(images);
  model.dispose();
  const before = tf.memory().numTensors;
  const teacher: FeatureTeacher = Teacher.fromWeights({ ...options, weights });
  const loaded = tf.memory().numTensors;
  expect(teacher.cuts).toEqual(networkCuts(network, 12));
  expect([teacher.classes, teacher.image]).toEqual([3, { size: 12, channels: 3 }]);
  expect(await teacher.logits(x, count)).toEqual(expected);
  const maps = await teacher.features(x, count, [2, 0, 1]);
  for (const [i, cut] of [2, 0, 1].entries()) {
    const { size, channels } = teacher.cuts[cut] ?? { size: 0, channels: 0 };
    expect(maps[i]?.length).toBe(count * size * size * channels);
    const logits = await teacher.logitsFrom(cut, maps[i] ?? new Float32Array(), count);
    expect(relativeError(logits, expected)).toBe(0);
  }
  expect(await teacher.features(x, count, [])).toEqual([]);
  expect(tf.memory().numTensors).toBe(loaded);
  teacher.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
