import type { Random } from '@blockwise/dna';
import type { Box } from './resample.ts';
import type { Range } from './steps.ts';

/** Draws before a box is given up, as in torchvision and timm. */
const attempts = 10;

/**
 * A box in an image of `size` x `size`: its area a uniform share of the image, the logarithm of
 * its ratio (height by width) uniform, its place uniform. Null when ten draws in a row were longer
 * than `longest` pixels in a direction.
 */
export function drawBox(
  size: number,
  longest: number,
  area: Range,
  ratio: Range,
  random: Random,
): Box | null {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pixels = uniform(area, random) * size * size;
    const shape = Math.exp(uniform([Math.log(ratio[0]), Math.log(ratio[1])], random));
    // A very small image must not make a box of nothing.
    const height = Math.max(1, Math.round(Math.sqrt(pixels * shape)));
    const width = Math.max(1, Math.round(Math.sqrt(pixels / shape)));
    if (height > longest || width > longest) continue;
    const top = random.int(size - height + 1);
    const left = random.int(size - width + 1);
    return { top, left, height, width };
  }
  return null;
}

/** The part that lies in the image of a square of `side` pixels about a random pixel. */
export function drawSquare(size: number, side: number, random: Random): Box {
  const [top, height] = clipped(random.int(size), side, size);
  const [left, width] = clipped(random.int(size), side, size);
  return { top, left, height, width };
}

function clipped(centre: number, side: number, size: number): [start: number, length: number] {
  const start = centre - (side >> 1);
  const first = Math.max(0, start);
  return [first, Math.min(size, start + side) - first];
}

export function uniform([low, high]: Range, random: Random): number {
  return low + (high - low) * random.next();
}
