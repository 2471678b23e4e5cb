import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom } from '@blockwise/dna';

/** Layers after which the blocks of {@link writeLayersModel} end, the stem's first. */
export const layersModelCuts = ['stem', 'first', 'second'];

/**
 * Writes a small classifier with random weights as TensorFlow.js does, for 16-pixel images: three
 * convolutions of stride 2 with 8, 8 and 12 channels.
 *
 * @returns the path of its `model.json`
 */
export async function writeLayersModel(folder: string, classes: number): Promise<string> {
  const random = createRandom('layers model');
  const values: number[] = [];
  const weights: { name: string; shape: number[]; dtype: 'float32' }[] = [];
  const add = (name: string, ...shape: number[]) => {
    weights.push({ name, shape, dtype: 'float32' });
    const fanIn = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
    const size = fanIn * (shape.at(-1) ?? 1);
    for (let i = 0; i < size; i++) values.push(random.normal() / Math.sqrt(fanIn));
  };
  let channels = 3;
  const convolutions = layersModelCuts.map((name, i) => {
    const filters = i < 2 ? 8 : 12;
    add(`${name}/kernel`, 3, 3, channels, filters);
    add(`${name}/bias`, filters);
    channels = filters;
    const input = i === 0 ? { batch_input_shape: [null, 16, 16, 3] } : {};
    return layer('Conv2D', name, {
      ...{ filters, kernel_size: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' },
      ...{ use_bias: true, data_format: 'channels_last', ...input },
    });
  });
  add('scores/kernel', channels, classes);
  add('scores/bias', classes);
  const layers = [
    ...convolutions,
    layer('GlobalAveragePooling2D', 'pool', { data_format: 'channels_last' }),
    layer('Dense', 'scores', { units: classes, activation: 'softmax', use_bias: true }),
  ];
  const modelTopology = { class_name: 'Sequential', config: { name: 'drawn', layers } };
  const weightsManifest = [{ paths: ['weights.bin'], weights }];
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'weights.bin'),
    new Uint8Array(Float32Array.from(values).buffer),
  );
  const file = path.join(folder, 'model.json');
  await writeFile(file, JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }));
  return file;
}

function layer(className: string, name: string, config: object) {
  return { class_name: className, config: { name, trainable: true, ...config } };
}
