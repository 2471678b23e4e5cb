import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readModelFile } from './read-model-file.ts';

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const bytes = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const network = { classes: ['a', 'b'], imageSize: 32, mean: [0.5, 0.5, 0.5], std: [1, 1, 1] };
const weight = (name: string) => ({ name, shape: [2], dtype: 'float32' });
const files = {
  'network.json': text({ ...network, lineage: {} }),
  'model.json': text({
    modelTopology: { class_name: 'Model' },
    weightsManifest: [{ paths: ['s1.bin', 's2.bin'], weights: [weight('a'), weight('b')] }],
  }),
  's1.bin': bytes(1, 2, 3),
  's2.bin': bytes(4),
};

test('shards are one piece, in their order', () => {
  const read = readModelFile(zipSync(files));
  expect([...new Float32Array(read.weightData)]).toEqual([1, 2, 3, 4]);
  expect(read.weightSpecs.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(read.description).toEqual(network);
});

test('a shard that is missing is named', () => {
  const { 's2.bin': _, ...rest } = files;
  expect(() => readModelFile(zipSync(rest))).toThrow('s2.bin');
});
