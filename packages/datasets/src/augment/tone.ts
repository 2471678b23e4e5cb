import { applyChannelLookup, applyLookup, histogram, lookupOf } from './lookup.ts';

// Pillow's ImageOps, each on [size, size, 3] in place.

/** Keeps so many of the highest bits of every value. */
export function posterize(pixels: Uint8Array, bits: number): void {
  const mask = 256 - 2 ** (8 - bits);
  applyLookup(
    pixels,
    lookupOf((value) => value & mask),
  );
}

/** Inverts the values from the threshold on. */
export function solarize(pixels: Uint8Array, threshold: number): void {
  applyLookup(
    pixels,
    lookupOf((value) => (value < threshold ? value : 255 - value)),
  );
}

/** Adds to the values of the darker half (below 128). */
export function solarizeAdd(pixels: Uint8Array, addend: number): void {
  applyLookup(
    pixels,
    lookupOf((value) => (value < 128 ? value + addend : value)),
  );
}

export function invert(pixels: Uint8Array): void {
  solarize(pixels, 0);
}

/** Stretches every channel so that its darkest value becomes 0 and its lightest 255. */
export function autoContrast(pixels: Uint8Array): void {
  applyChannelLookup(pixels, perChannel(pixels, stretched));
}

/** Flattens every channel's histogram: a value becomes the share of values below it. */
export function equalize(pixels: Uint8Array): void {
  applyChannelLookup(pixels, perChannel(pixels, equalized));
}

type Map = (value: number) => number;

function perChannel(pixels: Uint8Array, mapOf: (counts: Uint32Array) => Map): Uint8Array {
  const table = new Uint8Array(3 * 256);
  for (let channel = 0; channel < 3; channel++) {
    table.set(lookupOf(mapOf(histogram(pixels, channel))), channel * 256);
  }
  return table;
}

const same: Map = (value) => value;

function stretched(counts: Uint32Array): Map {
  const low = counts.findIndex((count) => count > 0);
  const high = counts.findLastIndex((count) => count > 0);
  if (high <= low) return same;
  const scale = 255 / (high - low);
  const offset = -low * scale;
  return (value) => value * scale + offset;
}

function equalized(counts: Uint32Array): Map {
  const last = counts.findLast((count) => count > 0) ?? 0;
  const pixels = counts.reduce((sum, count) => sum + count, 0);
  // Of one value only, or of too few pixels: nothing to spread.
  const step = Math.floor((pixels - last) / 255);
  if (step === 0) return same;
  const below = new Float64Array(256);
  for (let value = 1; value < 256; value++) {
    below[value] = (below[value - 1] as number) + (counts[value - 1] as number);
  }
  const half = Math.floor(step / 2);
  return (value) => Math.floor((half + (below[value] as number)) / step);
}
