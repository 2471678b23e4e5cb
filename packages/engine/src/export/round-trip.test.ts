import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { exportNetwork } from './export-network.ts';
import { loadOverHttp } from './testing/http-model.ts';
import { onnxLogits, onnxRuntimeMissing } from './testing/onnx-runtime.ts';
import { pytorchAnswers, pytorchMissing } from './testing/pytorch.ts';
import {
  channelsFirst,
  engineLogits,
  exportCases,
  exportedClasses,
  imagesFor,
  largestDifference,
  randomSubject,
  trainedSubject,
} from './testing/subjects.ts';

const count = 3;
await openEngine('wasm');
const subjects = [
  { name: 'a trained network', subject: await trainedSubject() },
  ...Object.entries(exportCases).map(([name, given]) => ({ name, subject: randomSubject(given) })),
];

beforeAll(async () => {
  await openEngine('wasm');
});

describe.each(subjects)('$name, exported and loaded, gives the same logits', ({ subject }) => {
  const { imageSize } = subject;
  const x = imagesFor(subject, count);
  const theirs = channelsFirst(x, count, imageSize);

  it.each(['wasm', 'cpu'] as const)('in TensorFlow.js on %s', async (engine) => {
    await openEngine(engine);
    const expected = engineLogits(subject, x, count);
    const tensors = tf.memory().numTensors;
    const model = await loadOverHttp(exportNetwork(subject, 'tfjs'));
    const logits = tf.tidy(() => {
      const images = tf.tensor4d(x, [count, imageSize, imageSize, 3]);
      return (model.predict(images) as tf.Tensor).dataSync();
    });
    expect(largestDifference(logits, expected)).toBeLessThan(1e-4);
    // The numbers depend on the images, so equal ones are no accident.
    expect(new Set(expected).size).toBe(expected.length);
    model.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
    await openEngine('wasm');
  });

  it.skipIf(onnxRuntimeMissing)(
    named('in ONNX Runtime, with any batch', onnxRuntimeMissing),
    async () => {
      const expected = engineLogits(subject, x, count);
      const model = exportNetwork(subject, 'onnx').get('network.onnx') as Uint8Array;
      const shape = [count, 3, imageSize, imageSize];
      expect(largestDifference(await onnxLogits(model, theirs, shape), expected)).toBeLessThan(
        1e-4,
      );
      const one = theirs.subarray(0, theirs.length / count);
      const first = expected.subarray(0, exportedClasses.length);
      const logits = await onnxLogits(model, one, [1, ...shape.slice(1)]);
      expect(largestDifference(logits, first)).toBeLessThan(1e-4);
    },
  );
});

describe('exported and loaded', () => {
  it.skipIf(pytorchMissing)(
    named('all give the same logits in PyTorch', pytorchMissing),
    async () => {
      const exported = subjects.map(({ subject }) => {
        const images = imagesFor(subject, count);
        return { subject, images, files: exportNetwork(subject, 'pytorch') };
      });
      const answers = await pytorchAnswers(
        exported.map(({ subject, images, files }) => ({
          files,
          x: channelsFirst(images, count, subject.imageSize),
        })),
      );
      for (const [i, { subject, images }] of exported.entries()) {
        const { logits = [], printed = {} } = answers[i] ?? {};
        const expected = engineLogits(subject, images, count);
        expect(largestDifference(logits, expected), subjects[i]?.name).toBeLessThan(1e-4);
        const zeros = engineLogits(subject, new Float32Array(subject.imageSize ** 2 * 3), 1);
        expect(Object.keys(printed)).toEqual(exportedClasses);
        expect(largestDifference(Object.values(printed), zeros), subjects[i]?.name).toBeLessThan(
          1e-4,
        );
      }
    },
  );
});

function named(name: string, missing: string | null): string {
  return missing === null ? name : `${name} (skipped: ${missing})`;
}
