import { expect, test } from 'vitest';
import { layerShape, readArchitecture } from './read-architecture.ts';

const task = { inputSize: 32, classes: 10 };
const text = 'cn_k3_s1_c16 | ir_r2_k5_s2_e6_c24_se0.25 | mp_k3_s2 er_k3_s1_e2_c8 | hd_c128_p64';

test('every layer has its place, its shape and what it costs', () => {
  const read = readArchitecture(text, task);
  expect(read?.parts.map(({ name, layers }) => [name, layers.map(({ key }) => key)])).toEqual([
    ['stem', ['stem.1']],
    [1, ['1.1', '1.2']],
    [2, ['2.1', '2.2']],
    ['head', ['head.1', 'head.2', 'head.3', 'head.4']],
  ]);
  expect(read?.layers[1]).toMatchObject({
    ...{ kind: 'ir', kernel: 5, expansion: 6, stride: 2, squeeze: 0.25 },
    ...{ inChannels: 16, inSize: 32, outChannels: 24, outSize: 16 },
    latencyKey: 'ir_k5_s2_e6_c24_se0.25@16x32',
  });
  expect(read?.layers.map(({ latencyKey }) => latencyKey).slice(-4)).toEqual([
    'conv_c128@8x8',
    'pool@128x8',
    'hidden_c64@128x1',
    'fc_c10@64x1',
  ]);
  const sum = read?.layers.reduce((all, { params }) => all + params, 0);
  expect(sum).toBe(read?.params);
});

test('what is no network of the grammar has no picture', () => {
  expect(readArchitecture('mobilenet', task)).toBeNull();
});

test('operations are read without width and stride', () => {
  expect(layerShape('ir_k7_e3_se0.25')).toEqual({
    ...{ kind: 'ir', kernel: 7, expansion: 3, stride: 1, squeeze: 0.25 },
  });
  expect(layerShape('bt_k3_e0.25_nre')).toMatchObject({ kind: 'bt', expansion: 0.25 });
});
