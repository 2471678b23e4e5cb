import { expect, test } from 'vitest';
import { readBlocks, readLayer } from './read-layer.ts';

test('kernel and expansion are read wherever they stand', () => {
  expect(readLayer('ir_k5_s2_e6_c40_se0.25')).toEqual({ kernel: 5, expansion: 6 });
  expect(readLayer('ir_r2_k3_s1_e3_c24_se0.25')).toEqual({ kernel: 3, expansion: 3 });
  expect(readLayer('ds_k7_s1_c16')).toEqual({ kernel: 7, expansion: 1 });
});

test('a network is split into its blocks, without stem and head', () => {
  const network =
    'cn_k3_s2_c16 | ir_k3_e3_c16_se0.25 | ir_r2_k5_s2_e6_c24_se0.25 ir_k7_e3_c24_se0.25 | hd_c128';
  expect(readBlocks(network).map((block) => block.length)).toEqual([1, 3]);
});
