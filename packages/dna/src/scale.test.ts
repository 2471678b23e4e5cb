import { describe, expect, it } from 'vitest';
import dnaNetworks from './dna-networks.fixture.json' with { type: 'json' };
import { networkCost, networkCuts } from './network-cost.ts';
import { parseNetwork, printNetwork } from './network-grammar.ts';
import { publishedNetworks } from './published-networks.ts';
import { scaleNetwork } from './scale.ts';

const scaled = (text: string, width: number, depth: number) =>
  printNetwork(scaleNetwork(parseNetwork(text), { width, depth }));

describe('scaling', () => {
  it('makes DNA-c, a network of the size of B0, as large as the published scaled DNA', () => {
    const network = parseNetwork(dnaNetworks.c.join(' | '));
    const large = scaleNetwork(network, { width: 2, depth: 3.1 });
    const { params } = networkCost(large, { inputSize: 600, classes: 1000 });
    expect((params / 1e6).toFixed(1)).toBe('64.9');
  });
  it('leaves a network with the factors 1 as it is, whatever its widths', () => {
    const text = 'cn_k3_s2_c9 mp_k3_s2 | ir_k3_s1_e2.5_c21 er_k3_s1_e2_c21 | hd_p7_nre';
    expect(scaled(text, 1, 1)).toBe(text);
    const { resnet50 } = publishedNetworks;
    expect(scaleNetwork(resnet50, { width: 1, depth: 1 })).toEqual(resnet50);
  });
  it('repeats different layers about equally often, each in its place, with stride 1', () => {
    const block = 'ir_k3_s2_e3_c8 ir_k5_s1_e3_c8 ir_k7_s1_e3_c8';
    const count = (depth: number) =>
      (scaled(`cn_k3_c8 | ${block} | hd`, 1, depth).split(' | ')[1] ?? '')
        .split(' ')
        .map((word) => word.slice(3, 8));
    expect(count(2)).toEqual(['k3_s2', 'k3_s1', 'k5_s1', 'k5_s1', 'k7_s1', 'k7_s1']);
    expect(count(1.1)).toEqual(['k3_s2', 'k5_s1', 'k5_s1', 'k7_s1']);
    expect(count(3.1).join(' ')).toMatch(/^k3_s2( k3_s1){2}( k5_s1){4}( k7_s1){3}$/);
    expect(count(0.5)).toEqual(['k3_s2', 'k7_s1']);
    expect(count(0.1)).toEqual(['k3_s2']);
  });
  it('keeps the layers that change size or width when a block shrinks', () => {
    const block = 'ir_k3_s1_e3_c8 ir_k3_s2_e3_c8 ir_k3_s1_e3_c8 ir_k5_s1_e3_c16 ir_k5_s1_e3_c16';
    expect(scaled(`cn_k3_s1_c8 | ${block} | hd`, 1, 0.2)).toBe(
      'cn_k3_s1_c8 | ir_k3_s1_e3_c8 ir_k3_s2_e3_c8 ir_k5_s1_e3_c16 | hd',
    );
  });
  it('makes the narrow and shallow EfficientNet as timm 1.0.29 does', () => {
    const narrow = scaleNetwork(publishedNetworks.tf_efficientnet_b0, { width: 0.25, depth: 0.5 });
    const { params } = networkCost(narrow, { inputSize: 64, classes: 10 });
    expect(params).toBe(202_032);
    expect(narrow.blocks.map((layers) => layers.length)).toEqual([1, 1, 2, 2, 2, 1]);
    expect(networkCuts(narrow, 64).map(({ channels, size }) => [channels, size])).toEqual([
      [8, 32],
      [8, 16],
      [16, 8],
      [24, 4],
      [32, 4],
      [48, 2],
      [80, 2],
    ]);
  });
  it('does not take the rounding of a factor for one more layer', () => {
    const text = 'cn_k3_c8 | ir_r10_k3_e3_c8 | hd';
    expect(scaled(text, 1, 1.1).match(/ir_/g)).toHaveLength(11);
  });
  it('repeats separable layers of a stem, not its convolutions and poolings', () => {
    expect(scaled('cn_k3_s2_c32 mp_k3_s2 ds_k3_s2_c16 | ir_k3_e6_c8 | hd_c960_p20', 1.4, 2)).toBe(
      'cn_k3_s2_c48 mp_k3_s2 ds_k3_s2_c24 ds_k3_s1_c24 | ir_k3_s1_e6_c16 ir_k3_s1_e6_c16 | ' +
        'hd_c1344_p32',
    );
  });
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the factor %d', (depth) => {
    expect(() => scaled('cn_k3_c8 | ir_k3_e6_c8 | hd', 1, depth)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['depth'] }),
    );
  });
});
