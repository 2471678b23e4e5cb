import type { Random } from '@blockwise/dna';

export type Interpolation = 'bilinear' | 'bicubic';

/** timm's default in training: one of the two by chance for every use. */
export function drawInterpolation(random: Random): Interpolation {
  return random.int(2) === 0 ? 'bilinear' : 'bicubic';
}
