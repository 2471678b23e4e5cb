import { describe, expect, it } from 'vitest';
import { layerCost } from './layer-cost.ts';
import { parseLayer } from './layer-grammar.ts';
import { headCost, networkCost } from './network-cost.ts';
import { parseNetwork } from './network-grammar.ts';
import type { Head } from './types.ts';
import { hiddenWidth, roundToEights, squeezeWidth } from './widths.ts';

const costOf = (text: string, inChannels: number, inSize: number) =>
  layerCost(parseLayer(text), inChannels, inSize);

describe('the cost of each kind of layer, from its parts', () => {
  it('fused MBConv', () => {
    // 3×3 to 2 · 4 = 8, squeeze to ⌊0.5 · 4⌋ = 2 and back, 1×1 to 6, on 5 × 5 after the stride.
    expect(costOf('er_k3_s2_e2_c6_se0.5', 4, 10)).toEqual({
      params: 9 * 4 * 8 + 16 + (8 * 2 + 2) + (2 * 8 + 8) + 8 * 6 + 12,
      macs: 9 * 4 * 8 * 25 + 2 * 8 * 2 + 8 * 6 * 25,
      flopsTool: 9 * 4 * 8 * 25 + 2 * 8 * 25 + (2 * 8 * 2 + 10) + 8 * 6 * 25 + 2 * 6 * 25,
      activationBytes: 4 * (8 * 25 + (2 + 8) + 6 * 25),
      outChannels: 6,
      outSize: 5,
    });
  });
  it('the whole of EfficientNetV2-S, which is mostly fused MBConv', () => {
    // The residuals of its first two convolutions cost nothing that is counted.
    const network = parseNetwork(`
      cn_k3_s2_c24 cn_r2_k3_c24
      | er_r4_k3_s2_e4_c48 | er_r4_k3_s2_e4_c64 | ir_r6_k3_s2_e4_c128_se0.25
      | ir_r9_k3_e6_c160_se0.25 | ir_r15_k3_s2_e6_c256_se0.25 | hd_c1280`);
    const { params, macs } = networkCost(network, { inputSize: 384, classes: 1000 });
    expect(params).toBe(21_458_488);
    expect((macs / 1e9).toFixed(2)).toBe('8.37');
  });
  it('bottleneck, with a projected input only where the shape changes', () => {
    const body = { params: 8 * 2 + 4 + 36 + 4 + 16 + 16, macs: (8 * 2 + 36 + 16) * 49 };
    expect(costOf('bt_k3_e0.25_c8_nre', 8, 7)).toMatchObject({
      ...body,
      flopsTool: body.macs + 2 * (2 + 2 + 8) * 49,
      activationBytes: 4 * (2 + 2 + 8) * 49,
    });
    expect(costOf('bt_k3_e0.25_c8_nre', 4, 7).params).toBe(4 * 2 + 4 + 36 + 4 + 32 + (32 + 16));
    // With a stride the first 1×1 still works on the large map.
    expect(costOf('bt_k3_s2_e0.25_c8_nre', 8, 7)).toMatchObject({
      macs: 16 * 49 + (36 + 16 + 64) * 16,
      activationBytes: 4 * (2 * 49 + (2 + 8 + 8) * 16),
      outSize: 4,
    });
  });
  it('pooling', () => {
    expect(costOf('mp_k3_s2', 5, 9)).toEqual({
      params: 0,
      macs: 0,
      flopsTool: 5 * 81,
      activationBytes: 4 * 5 * 25,
      outChannels: 5,
      outSize: 5,
    });
  });
  it('inverted residual of a fractional expansion', () => {
    // 2.3 · 80 = 184 in MobileNetV3.
    expect(hiddenWidth({ kind: 'ir', expansion: 2.3, channels: 80 }, 80)).toBe(184);
    expect(costOf('ir_k3_e2.5_c3', 3, 2)).toMatchObject({ macs: (3 * 8 + 9 * 8 + 8 * 3) * 4 });
  });
  it('heads with and without their parts', () => {
    const cost = (head: Partial<Head>) =>
      headCost({ channels: 0, hidden: 0, activation: 'swish', ...head }, 3, 2, 10);
    expect(cost({})).toEqual({
      params: 40,
      macs: 30,
      flopsTool: 12 + 30,
      activationBytes: 4 * (3 + 10),
    });
    expect(cost({ hidden: 5 })).toMatchObject({ params: 20 + 60, macs: 15 + 50 });
    expect(cost({ channels: 4, hidden: 5 })).toEqual({
      params: 12 + 8 + 25 + 60,
      macs: 48 + 20 + 50,
      flopsTool: 48 + 32 + 16 + 20 + 50,
      activationBytes: 4 * (16 + 4 + 5 + 10),
    });
  });
});

describe('widths', () => {
  it('round to eights and never lose more than a tenth', () => {
    expect([1, 11, 12, 18, 20, 35.2, 52.8, 44].map(roundToEights)).toEqual([
      8, 16, 16, 24, 24, 32, 56, 48,
    ]);
  });
  it("squeeze MobileNetV3's hidden widths to those of the paper's code", () => {
    const squeeze = { ratio: 0.25, of: 'hidden' } as const;
    const widths = [72, 120, 480, 672, 960].map((hidden) => squeezeWidth(squeeze, 9, hidden));
    expect(widths).toEqual([24, 32, 120, 168, 240]);
    expect(squeezeWidth({ ratio: 0, of: 'input' }, 9, 9)).toBe(0);
  });
});
