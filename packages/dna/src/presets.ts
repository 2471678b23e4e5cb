import { parseSpace } from './space-grammar.ts';
import type { SearchSpace } from './types.ts';

const opsText =
  'ops ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k7_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25 ir_k7_e3_se0.25';
const stemText = 'stem cn_k3_s2_c32 ds_k3_s1_c16_se0.25';
const headText = 'head hd_c1280';

/**
 * The released single-cell space of DNA (224×224 input, EfficientNet-B7 teacher): one cell in each
 * of the six blocks, widths and layer counts of EfficientNet-B0's stages.
 */
export const dnaSingle: SearchSpace = parseSpace(`
  ${stemText}
  ${opsText}
  block n2_c24_s2
  block n4_c40_s2
  block n4_c80_s2
  block n4_c112_s1
  block n4_c192_s2
  block n1_c320_s1
  ${headText}
`);

/** The six candidate operations of DNA: kernels 3, 5, 7 with expansion 6, then with expansion 3. */
export const paperOps: SearchSpace['ops'] = dnaSingle.ops;

/**
 * The multi-cell space of DNA: 16 cells, 195,898,498,887,057,408 networks (about 2 × 10¹⁷).
 *
 * The layer counts are the author's own arithmetic in the public tracker. Of the widths, 24, 40,
 * 80, 96, 112, 160, 192 and 320 occur in the published DNA-a to DNA-d with these layer counts, and
 * 32 in block 1 and 160 in block 5 follow from the released cost table. Unverified are the order
 * of the cells within a block and the 112 of the 3-layer cell of block 4.
 */
export const dnaMulti: SearchSpace = parseSpace(`
  ${stemText}
  ${opsText}
  block n2_c24_s2 n3_c24_s2 n2_c32_s2
  block n2_c40_s2 n3_c40_s2 n4_c40_s2
  block n2_c80_s2 n3_c80_s2 n4_c80_s2
  block n3_c112_s1 n4_c96_s1 n4_c112_s1
  block n4_c192_s2 n5_c160_s2 n5_c192_s2
  block n1_c320_s1
  ${headText}
`);

/**
 * The reduced space of the published ranking experiments (DNA and BossNAS): kernels 3 and 5 with
 * expansions 6 and 3. There the last block was fixed to operation 0; here it is searched too.
 */
export const dnaRank4: SearchSpace = parseSpace(`
  ${stemText}
  ops ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25
  block n2_c24_s2
  block n4_c40_s2
  block n4_c80_s2
  block n4_c112_s1
  block n4_c192_s2
  block n1_c320_s1
  ${headText}
`);
