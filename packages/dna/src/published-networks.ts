import { parseNetwork } from './network-grammar.ts';
import type { Network } from './types.ts';

/** EfficientNet-B0 (224×224, 5,288,548 parameters with 1000 classes). */
export const efficientNetB0: Network = parseNetwork(`
  cn_k3_s2_c32 ds_k3_c16_se0.25
  | ir_r2_k3_s2_e6_c24_se0.25
  | ir_r2_k5_s2_e6_c40_se0.25
  | ir_r3_k3_s2_e6_c80_se0.25
  | ir_r3_k5_e6_c112_se0.25
  | ir_r4_k5_s2_e6_c192_se0.25
  | ir_k3_e6_c320_se0.25
  | hd_c1280
`);

/** EfficientNet-B7, the teacher of DNA (66,347,960 parameters with 1000 classes). */
export const efficientNetB7: Network = parseNetwork(`
  cn_k3_s2_c64 ds_r4_k3_c32_se0.25
  | ir_r7_k3_s2_e6_c48_se0.25
  | ir_r7_k5_s2_e6_c80_se0.25
  | ir_r10_k3_s2_e6_c160_se0.25
  | ir_r10_k5_e6_c224_se0.25
  | ir_r13_k5_s2_e6_c384_se0.25
  | ir_r4_k3_e6_c640_se0.25
  | hd_c2560
`);
