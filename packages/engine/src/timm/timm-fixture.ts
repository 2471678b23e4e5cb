import { readFileSync } from 'node:fs';
import { parseNetwork } from '@blockwise/dna';

interface StoredTensor {
  readonly shape: number[];
  readonly data: number[];
}

/** What timm computed with the weights of the fixture, evaluation mode, NHWC. */
interface TimmFixture {
  readonly x: StoredTensor;
  readonly logits: StoredTensor;
  /** Output of every block: its moments and first 16 values. */
  readonly blocks: { shape: number[]; mean: number; std: number; first16: number[] }[];
}

const name = 'timm-tf_efficientnet-w0.25-d0.5';

/** timm's EfficientNet of width 0.25 and depth 0.5, TF SAME padding, 10 classes. */
export const timmNetwork = parseNetwork(`
  net_same_eps0.001 | cn_k3_s2_c8 ds_k3_c8_se0.25
  | ir_k3_s2_e6_c8_se0.25
  | ir_k5_s2_e6_c16_se0.25
  | ir_r2_k3_s2_e6_c24_se0.25
  | ir_r2_k5_e6_c32_se0.25
  | ir_r2_k5_s2_e6_c48_se0.25
  | ir_k3_e6_c80_se0.25
  | hd_c320
`);
export const timmClasses = 10;

export function readTimmFixture(): TimmFixture {
  const url = new URL(`../../fixtures/${name}.fixture.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as TimmFixture;
}

export function timmFile(): Uint8Array {
  return readFileSync(new URL(`../../fixtures/${name}.safetensors`, import.meta.url));
}
