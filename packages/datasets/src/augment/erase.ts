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

/** The part of a square about a random pixel that lies in the image (DeVries and Taylor, 2017). */
export function drawCutout(size: number, share: number, random: Random): Box {
  const side = Math.round(share * size);
  const [top, height] = cut(random.int(size), side, size);
  const [left, width] = cut(random.int(size), side, size);
  return { top, left, height, width };
}

function cut(centre: number, side: number, size: number): [start: number, length: number] {
  const start = centre - (side >> 1);
  const first = Math.max(0, start);
  return [first, Math.min(size, start + side) - first];
}
