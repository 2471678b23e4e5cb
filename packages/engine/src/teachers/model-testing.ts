import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

/** Side of the images of {@link smallModel}, and its layers after which a block may end. */
export const smallModelImage = 16;
export const smallModelCuts = ['stem_out', 'block1_out', 'block2_out'];

interface SmallModel {
  /** The last activation; `linear` gives logits. */
  readonly end?: 'softmax' | 'linear';
  /** null: any size. */
  readonly size?: number | null;
  /** A second way from the image to the output, around all blocks. */
  readonly detour?: boolean;
}

/** A small Keras-style classifier of 5 classes with a residual block, weights drawn at random. */
export function smallModel({
  end = 'softmax',
  size = smallModelImage,
  detour = false,
}: SmallModel = {}): layers.LayersModel {
  const image = layers.input({ shape: [size, size, 3], name: 'image' });
  const stem = conv(image, 'stem', 4, 2);
  const one = conv(stem, 'block1', 4, 1);
  const joined = layers.layers.add({ name: 'block1_out' }).apply([stem, one]) as Symbolic;
  const two = conv(joined, 'block2', 6, 2);
  const pooled = layers.layers
    .globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' })
    .apply(two) as Symbolic;
  const around = layers.layers
    .globalAveragePooling2d({ name: 'around', dataFormat: 'channelsLast' })
    .apply(image) as Symbolic;
  const features = detour
    ? (layers.layers.concatenate({ name: 'both' }).apply([pooled, around]) as Symbolic)
    : pooled;
  const dropped = layers.layers.dropout({ rate: 0.5, name: 'dropout' }).apply(features) as Symbolic;
  const output = layers.layers
    .dense({ units: 5, activation: end, name: 'scores', ...initial(7) })
    .apply(dropped) as Symbolic;
  return layers.model({ inputs: image, outputs: output });
}

type Symbolic = layers.SymbolicTensor;

function conv(x: Symbolic, name: string, filters: number, strides: number): Symbolic {
  const options = { filters, kernelSize: 3, strides, padding: 'same' as const, useBias: false };
  const y = layers.layers.conv2d({ ...options, name: `${name}_conv`, ...initial(name.length) });
  // Offsets so that normalisation is not the identity.
  const betaInitializer = layers.initializers.constant({ value: 0.2 });
  const movingVarianceInitializer = layers.initializers.constant({ value: 0.6 });
  const norm = layers.layers.batchNormalization({
    ...{ name: `${name}_bn`, betaInitializer, movingVarianceInitializer },
  });
  const activation = name === 'block1' ? 'relu6' : 'relu';
  const out = name === 'block1' ? 'block1_act' : `${name}_out`;
  const act = layers.layers.activation({ activation, name: out });
  return act.apply(norm.apply(y.apply(x))) as Symbolic;
}

function initial(seed: number) {
  return {
    kernelInitializer: layers.initializers.randomNormal({ mean: 0, stddev: 0.5, seed }),
  };
}

/** Saves a model as TensorFlow.js does: `model.json` and its weights in shards beside it. */
export async function saveModel(model: layers.LayersModel, shards = 3): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-model-'));
  const path = join(folder, 'model.json');
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData }) => {
      const bytes = Buffer.from(weightData as ArrayBuffer);
      const size = Math.ceil(bytes.length / shards);
      const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
      paths.forEach((name, i) => {
        writeFileSync(join(folder, name), bytes.subarray(i * size, (i + 1) * size));
      });
      const weightsManifest = [{ paths, weights: weightSpecs }];
      const json = { format: 'layers-model', modelTopology, weightsManifest };
      writeFileSync(path, JSON.stringify(json));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return path;
}
