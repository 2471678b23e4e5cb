import { readFileSync } from 'node:fs';
import { type Network, parseNetwork } from '@blockwise/dna';

interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What timm computed with the weights of a fixture, evaluation mode, NHWC. */
interface Expected {
  readonly x: StoredTensor;
  readonly logits: StoredTensor;
  /** Output of every block: its moments and first 16 values. */
  readonly blocks: { shape: number[]; mean: number; std: number; first16: number[] }[];
}

/** Networks that timm built, in the grammar, by the names of their fixtures; 10 classes each. */
export const timmNetworks: Record<string, Network> = {
  'timm-tf_efficientnet-w0.25-d0.5': parseNetwork(`
    net_same_eps0.001 | cn_k3_s2_c8 ds_k3_c8_se0.25
    | ir_k3_s2_e6_c8_se0.25
    | ir_k5_s2_e6_c16_se0.25
    | ir_r2_k3_s2_e6_c24_se0.25
    | ir_r2_k5_e6_c32_se0.25
    | ir_r2_k5_s2_e6_c48_se0.25
    | ir_k3_e6_c80_se0.25
    | hd_c320
  `),
  // timm rounds hidden widths to eights: 64 = 2.67 · 24 for an expansion of 2.5, 56 for 2.3.
  'timm-mobilenetv3_large-w0.25': parseNetwork(`
    cn_k3_s2_c8_nhs ds_k3_c8_nre
    | ir_k3_s2_e4_c8_nre ir_k3_e3_c8_nre
    | ir_k5_s2_e3_c16_sh0.25_nre ir_k5_e3_c16_sh0.25_nre ir_k5_e3_c16_sh0.25_nre
    | ir_k3_s2_e6_c24_nhs ir_k3_e2.666667_c24_nhs ir_r2_k3_e2.333333_c24_nhs
    | ir_r2_k3_e6_c32_sh0.25_nhs
    | ir_r3_k5_s2_e6_c40_sh0.25_nhs
    | hd_c240_p64_nhs
  `),
  'timm-efficientnet-fused': parseNetwork(`
    cn_k3_s2_c8 ds_k3_c8_se0.25
    | er_r2_k3_s2_e4_c16_se0.25
    | er_k5_s2_e2_c16_nhs ir_k7_e3_c16_nhs
    | ir_r2_k5_s2_e3_c24_nre
    | hd_c32
  `),
  'timm-resnet-narrow': parseNetwork(`
    cn_k7_s2_c64_nre mp_k3_s2
    | bt_r2_k3_e0.25_c32_nre
    | bt_r2_k3_s2_e0.25_c64_nre
    | bt_k3_s2_e0.25_c96_nre
    | bt_k3_s2_e0.25_c128_nre
    | hd
  `),
};
export const timmClasses = 10;

export function readExpected(name: string): Expected {
  const stored = JSON.parse(readFileSync(fixture(`${name}.fixture.json`), 'utf8')) as
    | Expected
    | (Omit<Expected, 'x'> & { imageSize: number });
  return 'x' in stored ? stored : { ...stored, x: images(stored.imageSize) };
}

/** The fixture's weights, as timm saved them. */
export function timmFile(name: string): Uint8Array {
  return readFileSync(fixture(`${name}.safetensors`));
}

/** Two images by a formula, see fixtures/README.md. */
function images(size: number): StoredTensor {
  const shape = [2, size, size, 3];
  const length = 2 * size * size * 3;
  const value = (i: number) => 2 * Math.sin(0.37 * i + 0.1 * (i % 11));
  return { shape, data: Float32Array.from({ length }, (_, i) => value(i)) };
}

function fixture(file: string): URL {
  return new URL(`../../fixtures/${file}`, import.meta.url);
}
