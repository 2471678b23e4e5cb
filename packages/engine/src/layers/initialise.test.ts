import { parseLayer } from '@blockwise/dna';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { buildStem } from './build.ts';
import { Initialiser } from './initialise.ts';
import { stemNames } from './names.ts';
import { ParameterStore } from './parameter-store.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

it('depends on seed and name, with the variance of the fan-out', () => {
  const values = (seed: number, name: string) => {
    const store = new ParameterStore();
    const { value } = new Initialiser(store, seed).kernel(name, [3, 3, 40, 100]);
    return value.dataSync() as Float32Array;
  };
  const a = values(1, 'a');
  expect(values(1, 'a')).toEqual(a);
  expect(values(2, 'a')).not.toEqual(a);
  expect(values(1, 'b')).not.toEqual(a);
  const variance = a.reduce((sum, v) => sum + v * v, 0) / a.length;
  expect(variance * 9 * 100).toBeCloseTo(2, 1);
});

it('names a stem as timm does', () => {
  const store = new ParameterStore();
  const layers = [parseLayer('cn_k3_s2_c8'), parseLayer('ds_k3_s1_c4_se0.25')];
  buildStem(layers, {
    initialiser: new Initialiser(store, 1),
    frame: { padding: 'symmetric', epsilon: 1e-5 },
    names: stemNames(layers),
    imageChannels: 3,
  });
  expect(store.all().map(({ name }) => name)).toEqual([
    'conv_stem.weight',
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `bn1.${part}`),
    'blocks.0.0.conv_dw.weight',
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `blocks.0.0.bn1.${part}`),
    'blocks.0.0.se.conv_reduce.weight',
    'blocks.0.0.se.conv_reduce.bias',
    'blocks.0.0.se.conv_expand.weight',
    'blocks.0.0.se.conv_expand.bias',
    'blocks.0.0.conv_pw.weight',
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `blocks.0.0.bn2.${part}`),
  ]);
});

it('refuses weights that do not fit, by name, and sets none of them', async () => {
  const store = new ParameterStore();
  const initialiser = new Initialiser(store, 1);
  initialiser.vector('here', 2, 1);
  initialiser.vector('gone', 2, 1);
  const arrays = new Map([['here', { shape: [3], data: new Float32Array(3) }]]);
  expect(() => store.write(arrays)).toThrow(/here has shape \[3\].*gone is missing/);
  expect([...((await store.read()).get('here')?.data ?? [])]).toEqual([1, 1]);
});
