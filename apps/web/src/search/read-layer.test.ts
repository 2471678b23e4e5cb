import { expect, test } from 'vitest';
import { readBlocks, readLayer } from './read-layer.ts';

test('kind, kernel and expansion are read wherever they stand', () => {
  expect(readLayer('ir_k5_s2_e6_c40_se0.25')).toEqual({ kind: 'ir', kernel: 5, expansion: 6 });
  expect(readLayer('ir_r2_k3_s1_e3_c24_se0.25')).toEqual({ kind: 'ir', kernel: 3, expansion: 3 });
  expect(readLayer('ds_k7_s1_c16')).toEqual({ kind: 'ds', kernel: 7, expansion: 1 });
  expect(readLayer('bt_k3_s2_e0.25_c256_nre')).toEqual({ kind: 'bt', kernel: 3, expansion: 0.25 });
});

test('a network is split into its blocks, without stem and head', () => {
  const network =
    'cn_k3_s2_c16 | ir_k3_e3_c16_se0.25 | ir_r2_k5_s2_e6_c24_se0.25 ir_k7_e3_c24_se0.25 | hd_c128';
  expect(readBlocks(network).map((block) => block.length)).toEqual([1, 3]);
});

test('a frame before the stem is no block', () => {
  expect(readBlocks('net_same_eps0.001 | cn_k3_s2_c16 | er_k3_s2_e4_c24 | hd')).toEqual([
    ['er_k3_s2_e4_c24'],
  ]);
});
