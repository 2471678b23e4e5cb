import { applyLookup, type Lookup, lookupOf, toByte } from './lookup.ts';

// Pillow's ImageEnhance. Each is a blend of the image with what it becomes at factor 0: black, its
// mean grey, itself in grey, itself smoothed. 1 leaves the image, above 1 goes beyond it.

/** Scales the values of [size, size, 3] in place. */
export function brightness(pixels: Uint8Array, factor: number): void {
  if (factor !== 1) applyLookup(pixels, blendFrom(0, factor));
}

/** Spreads the values of [size, size, 3] about the image's mean grey, in place. */
export function contrast(pixels: Uint8Array, factor: number): void {
  if (factor !== 1) applyLookup(pixels, blendFrom(meanGrey(pixels), factor));
}

/** Spreads the channels of every pixel of [size, size, 3] about its grey, in place. */
export function colour(pixels: Uint8Array, factor: number): void {
  if (factor === 1) return;
  const single = Math.fround(factor);
  for (let i = 0; i < pixels.length; i += 3) {
    const grey = greyAt(pixels, i);
    pixels[i] = blend(grey, pixels[i] as number, single);
    pixels[i + 1] = blend(grey, pixels[i + 1] as number, single);
    pixels[i + 2] = blend(grey, pixels[i + 2] as number, single);
  }
}

/**
 * Writes [size, size, 3] to `target`, blended with its smoothed form: the mean of the nine
 * neighbours in which the pixel itself counts five times. The smoothed border is the image's own.
 */
export function sharpness(
  source: Uint8Array,
  size: number,
  factor: number,
  target: Uint8Array,
): void {
  target.set(source);
  if (factor === 1) return;
  const single = Math.fround(factor);
  const row = 3 * size;
  for (let y = 1; y < size - 1; y++) {
    for (let i = y * row + 3; i < (y + 1) * row - 3; i++) {
      const own = source[i] as number;
      const smooth =
        ((2 * (rowSum(source, i - row) + rowSum(source, i) + rowSum(source, i + row) + 4 * own) +
          13) /
          26) |
        0;
      target[i] = blend(smooth, own, single);
    }
  }
}

/** A value and those of the same channel to its left and right. */
function rowSum(pixels: Uint8Array, i: number): number {
  return (pixels[i - 3] as number) + (pixels[i] as number) + (pixels[i + 3] as number);
}

function blendFrom(zero: number, factor: number): Lookup {
  const single = Math.fround(factor);
  return lookupOf((value) => blend(zero, value, single));
}

/** In single precision, and cut off: as Pillow's Image.blend, to the bit. */
function blend(zero: number, value: number, single: number): number {
  return toByte(Math.fround(zero + Math.fround(single * (value - zero))));
}

function meanGrey(pixels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 3) sum += greyAt(pixels, i);
  return Math.floor((3 * sum) / pixels.length + 0.5);
}

/** Luma of ITU-R 601-2 in 16 bits, as Pillow's conversion to `L`. */
function greyAt(pixels: Uint8Array, i: number): number {
  const red = pixels[i] as number;
  const green = pixels[i + 1] as number;
  const blue = pixels[i + 2] as number;
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
}
