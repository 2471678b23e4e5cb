import { DomainError } from '@blockwise/contracts';
import { parseSpace } from './space-grammar.ts';
import type { Op, SearchSpace } from './types.ts';

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
 * expansions 6 and 3, the last block fixed to kernel 3, expansion 6.
 */
export const dnaRank4: SearchSpace = parseSpace(`
  ${stemText}
  ops ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25
  block n2_c24_s2
  block n4_c40_s2
  block n4_c80_s2
  block n4_c112_s1
  block n4_c192_s2
  block n1_c320_s1 with ir_k3_e6_se0.25
  ${headText}
`);

/** For 32×32 images and a teacher with maps of 16, 8, 8 and 4 pixels: one cell in each block. */
const small32 = parseSpace(`
  stem cn_k3_s1_c16 ds_k3_s2_c16_se0.25
  ${opsText}
  block n2_c24_s2
  block n3_c40_s1
  block n3_c80_s2
  head hd_c192
`);

/** As `small-32`, with cells of different depth and width in a block. */
const smallMulti32 = parseSpace(`
  stem cn_k3_s1_c16 ds_k3_s2_c16_se0.25
  ${opsText}
  block n1_c24_s2 n2_c24_s2 n2_c32_s2
  block n2_c40_s1 n3_c40_s1 n2_c48_s1
  block n2_c80_s2 n3_c80_s2 n2_c96_s2
  head hd_c192
`);

/** For 64×64 images and a teacher with maps of 32, 16, 8, 8 and 4 pixels. */
const small64 = parseSpace(`
  stem cn_k3_s2_c16 ds_k3_s1_c16_se0.25
  ${opsText}
  block n1_c24_s2 n2_c24_s2 n2_c32_s2
  block n2_c40_s2 n3_c40_s2 n2_c48_s2
  block n2_c64_s1 n3_c64_s1 n2_c80_s1
  block n2_c112_s2 n3_c112_s2 n2_c128_s2
  head hd_c256
`);

/** Search spaces by name. */
export const spacePresets = {
  'dna-single': dnaSingle,
  'dna-multi': dnaMulti,
  'dna-rank4': dnaRank4,
  'small-32': small32,
  'small-multi-32': smallMulti32,
  'small-64': small64,
} satisfies Record<string, SearchSpace>;

export type SpacePreset = keyof typeof spacePresets;

const isPreset = (name: string): name is SpacePreset => Object.hasOwn(spacePresets, name);

/** The six candidate operations of DNA: kernels 3, 5, 7 with expansion 6, then with expansion 3. */
export const paperOps: readonly Op[] = dnaSingle.blocks[0]?.ops ?? [];

/**
 * A search space by the name of a preset or its text in the grammar.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected; for a text
 *   of one word, which can only be a name, the names
 */
export function spaceOf(text: string): SearchSpace {
  const name = text.trim();
  if (isPreset(name)) {
    return structuredClone(spacePresets[name]);
  }
  if (/^[\w-]+$/.test(name)) {
    throw new DomainError(
      'SPACE_SYNTAX',
      `There is no search space "${name}". Known are ${Object.keys(spacePresets).join(', ')}.`,
    );
  }
  return parseSpace(text);
}
