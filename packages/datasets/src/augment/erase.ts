import type { Random } from '@blockwise/dna';
import type { Box } from './resample.ts';

/** Standard normal numbers into a box of [size, size, 3] that begins at `to`. */
export function fillNoise(
  out: Float32Array,
  to: number,
  size: number,
  { top, left, height, width }: Box,
  random: Random,
): void {
  for (let y = top; y < top + height; y++) {
    const row = to + (y * size + left) * 3;
    for (let i = row; i < row + width * 3; i++) out[i] = random.normal();
  }
}

/** Zeros into a box of [size, size, 3] that begins at `to`. */
export function fillZero(
  out: Float32Array,
  to: number,
  size: number,
  { top, left, height, width }: Box,
): void {
  for (let y = top; y < top + height; y++) {
    const row = to + (y * size + left) * 3;
    out.fill(0, row, row + width * 3);
  }
}
