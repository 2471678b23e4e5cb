import { DomainError } from '@blockwise/contracts';
import { tensorFlowFrame } from './frame-grammar.ts';
import { parseNetwork } from './network-grammar.ts';
import { scaleNetwork } from './scale.ts';
import type { Network } from './types.ts';

/** Tan and Le, "EfficientNet", 2019, table 1; a block is a stage, the first stage is in the stem. */
const efficientNetB0 = parseNetwork(`
  cn_k3_s2_c32 ds_k3_c16_se0.25
  | ir_r2_k3_s2_e6_c24_se0.25
  | ir_r2_k5_s2_e6_c40_se0.25
  | ir_r3_k3_s2_e6_c80_se0.25
  | ir_r3_k5_e6_c112_se0.25
  | ir_r4_k5_s2_e6_c192_se0.25
  | ir_k3_e6_c320_se0.25
  | hd_c1280
`);

/** Howard et al., "Searching for MobileNetV3", 2019, table 1. */
const mobileNetV3Large = parseNetwork(`
  cn_k3_s2_c16_nhs ds_k3_c16_nre
  | ir_k3_s2_e4_c24_nre ir_k3_e3_c24_nre
  | ir_r3_k5_s2_e3_c40_sh0.25_nre
  | ir_k3_s2_e6_c80_nhs ir_k3_e2.5_c80_nhs ir_r2_k3_e2.3_c80_nhs
  | ir_r2_k3_e6_c112_sh0.25_nhs
  | ir_r3_k5_s2_e6_c160_sh0.25_nhs
  | hd_c960_p1280_nhs
`);

/** He et al., "Deep residual learning", 2015, table 1, with the stride at the 3×3 as everywhere today. */
const resNet50 = parseNetwork(`
  cn_k7_s2_c64_nre mp_k3_s2
  | bt_r3_k3_e0.25_c256_nre
  | bt_r4_k3_s2_e0.25_c512_nre
  | bt_r6_k3_s2_e0.25_c1024_nre
  | bt_r3_k3_s2_e0.25_c2048_nre
  | hd
`);

const efficientNet = (width: number, depth: number) =>
  scaleNetwork(efficientNetB0, { width, depth });
const fromTensorFlow = (network: Network): Network => ({ ...network, frame: tensorFlowFrame });

/** Width and depth factors of the reference implementation of EfficientNet. */
const efficientNets = {
  efficientnet_b0: efficientNetB0,
  efficientnet_b1: efficientNet(1, 1.1),
  efficientnet_b2: efficientNet(1.1, 1.2),
  efficientnet_b3: efficientNet(1.2, 1.4),
  efficientnet_b4: efficientNet(1.4, 1.8),
  efficientnet_b5: efficientNet(1.6, 2.2),
  efficientnet_b6: efficientNet(1.8, 2.6),
  efficientnet_b7: efficientNet(2, 3.1),
};

/**
 * Networks by the names that timm gives them. The `tf_` variants have the padding and the epsilon
 * of TensorFlow, with which their published weights were trained.
 */
export const publishedNetworks = {
  ...efficientNets,
  tf_efficientnet_b0: fromTensorFlow(efficientNets.efficientnet_b0),
  tf_efficientnet_b1: fromTensorFlow(efficientNets.efficientnet_b1),
  tf_efficientnet_b2: fromTensorFlow(efficientNets.efficientnet_b2),
  tf_efficientnet_b3: fromTensorFlow(efficientNets.efficientnet_b3),
  tf_efficientnet_b4: fromTensorFlow(efficientNets.efficientnet_b4),
  tf_efficientnet_b5: fromTensorFlow(efficientNets.efficientnet_b5),
  tf_efficientnet_b6: fromTensorFlow(efficientNets.efficientnet_b6),
  tf_efficientnet_b7: fromTensorFlow(efficientNets.efficientnet_b7),
  mobilenetv3_large_100: mobileNetV3Large,
  resnet50: resNet50,
} satisfies Record<string, Network>;

export type PublishedNetwork = keyof typeof publishedNetworks;

const isPublished = (name: string): name is PublishedNetwork =>
  Object.hasOwn(publishedNetworks, name);

/**
 * A network by its published name or its text in the grammar.
 *
 * @throws DomainError SPACE_SYNTAX naming the word and what was expected; for a text of one word,
 *   which can only be a name, the names
 */
export function networkOf(text: string): Network {
  const name = text.trim();
  if (isPublished(name)) {
    return structuredClone(publishedNetworks[name]);
  }
  if (/^\w+$/.test(name)) {
    throw new DomainError(
      'SPACE_SYNTAX',
      `There is no network "${name}". Known are ${Object.keys(publishedNetworks).join(', ')}.`,
    );
  }
  return parseNetwork(text);
}
