import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openClassifier } from './classifier.ts';
import { readModelFile } from './read-model-file.ts';

const size = 8;
const mean = [0.5, 0.4, 0.3];
const std = [0.2, 0.25, 0.3];

/** A model as an export has it: its topology, one shard, and what it says of itself. */
async function archiveOf(model: layers.Sequential): Promise<Uint8Array> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return zipSync({
    'model.json': text({
      modelTopology: saved?.modelTopology,
      weightsManifest: [{ paths: ['shard.bin'], weights: saved?.weightSpecs }],
    }),
    'shard.bin': new Uint8Array(saved?.weightData as ArrayBuffer),
    'network.json': text({ classes: ['a', 'b', 'c'], imageSize: size, mean, std }),
  });
}

test('an exported model answers as it did before, to pixels normalised as in training', async () => {
  await tf.setBackend('cpu');
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({ inputShape: [size, size, 3], filters: 4, kernelSize: 3, strides: 2 }),
      layers.layers.batchNormalization(),
      layers.layers.activation({ activation: 'swish' }),
      layers.layers.globalAveragePooling2d({}),
      layers.layers.dense({ units: 3 }),
    ],
  });
  const square = Uint8ClampedArray.from({ length: size * size * 3 }, (_, at) => (at * 37) % 256);
  const values = Array.from(square, (value, at) => {
    return (value / 255 - (mean[at % 3] ?? 0)) / (std[at % 3] ?? 1);
  });
  const expected = model.predict(tf.tensor4d(values, [1, size, size, 3])) as tf.Tensor;

  const classifier = await openClassifier(readModelFile(await archiveOf(model)));
  expect(classifier.backend).toBe('cpu');
  const { logits, shares } = await classifier.classify(square);
  for (const [at, logit] of Array.from(await expected.data()).entries()) {
    expect(logits[at]).toBeCloseTo(logit, 5);
  }
  expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  const before = tf.memory().numTensors;
  await classifier.classify(square);
  expect(tf.memory().numTensors).toBe(before);
  classifier.close();
});
