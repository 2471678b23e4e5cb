import { DomainError } from '@blockwise/contracts';
import { describe, expect, it } from 'vitest';
import { networkCost, networkCuts } from './network-cost.ts';
import { parseNetwork, printNetwork } from './network-grammar.ts';
import { networkOf, type PublishedNetwork, publishedNetworks } from './published-networks.ts';

const imageNet = { inputSize: 224, classes: 1000 };

describe('published networks', () => {
  it.each<[PublishedNetwork, number]>([
    ['efficientnet_b0', 5_288_548],
    ['efficientnet_b1', 7_794_184],
    ['efficientnet_b2', 9_109_994],
    ['efficientnet_b3', 12_233_232],
    ['efficientnet_b4', 19_341_616],
    ['efficientnet_b5', 30_389_784],
    ['efficientnet_b6', 43_040_704],
    ['efficientnet_b7', 66_347_960],
    ['mobilenetv3_large_100', 5_483_032],
    ['resnet50', 25_557_032],
  ])('%s has the published number of parameters', (name, params) => {
    expect(networkCost(publishedNetworks[name], imageNet).params).toBe(params);
  });

  it('count the published multiply-accumulates', () => {
    const macs = (name: PublishedNetwork) => networkCost(publishedNetworks[name], imageNet).macs;
    expect(macs('resnet50')).toBe(4_089_184_256);
    // 0.22 G in the paper's table, 0.217 G in that of torchvision.
    expect((macs('mobilenetv3_large_100') / 1e9).toFixed(3)).toBe('0.217');
  });

  it('have the layers of EfficientNet-B7 written out by hand', () => {
    const text = `
      cn_k3_s2_c64 ds_r4_k3_c32_se0.25
      | ir_r7_k3_s2_e6_c48_se0.25 | ir_r7_k5_s2_e6_c80_se0.25 | ir_r10_k3_s2_e6_c160_se0.25
      | ir_r10_k5_e6_c224_se0.25 | ir_r13_k5_s2_e6_c384_se0.25 | ir_r4_k3_e6_c640_se0.25
      | hd_c2560`;
    expect(publishedNetworks.efficientnet_b7).toEqual(parseNetwork(text));
    expect(publishedNetworks.tf_efficientnet_b7).toEqual(
      parseNetwork(`net_same_eps0.001 | ${text}`),
    );
  });

  it.each(Object.keys(publishedNetworks) as PublishedNetwork[])(
    '%s is what the grammar reads back',
    (name) => {
      const network = networkOf(` ${name} `);
      expect(parseNetwork(printNetwork(network))).toEqual(network);
      expect(network.frame.epsilon).toBe(name.startsWith('tf_') ? 0.001 : 1e-5);
    },
  );

  it('end their blocks at the stages of timm', () => {
    const shapes = (name: PublishedNetwork) =>
      networkCuts(publishedNetworks[name], 224).map(({ channels, size }) => [channels, size]);
    expect(shapes('mobilenetv3_large_100')).toEqual([
      [16, 112],
      [24, 56],
      [40, 28],
      [80, 14],
      [112, 14],
      [160, 7],
    ]);
    expect(shapes('resnet50')).toEqual([
      [64, 56],
      [256, 56],
      [512, 28],
      [1024, 14],
      [2048, 7],
    ]);
  });
});

describe('a network by name or text', () => {
  it('reads the grammar', () => {
    const text = 'cn_k3_s2_c8 | ir_k3_e6_c24 | hd_c9';
    expect(networkOf(text)).toEqual(parseNetwork(text));
  });
  it('does not hand out the published value itself', () => {
    networkOf('resnet50').stem.pop();
    expect(networkOf('resnet50').stem).toHaveLength(2);
  });
  it('lists the names where one is not known', () => {
    expect(() => networkOf('efficientnet_b8')).toThrow(
      expect.objectContaining({
        code: 'SPACE_SYNTAX',
        message: expect.stringMatching(/no network "efficientnet_b8".*efficientnet_b7.*resnet50/),
      }),
    );
    expect(() => networkOf('toString')).toThrow(DomainError);
  });
});
