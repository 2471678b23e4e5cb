/** [256]: what becomes of every value of all channels. */
export type Lookup = Uint8Array;
/** [3, 256]: what becomes of every value of every channel. */
export type ChannelLookup = Uint8Array;

/** The table of a function on values; results are cut off, not rounded, and kept in 0..255. */
export function lookupOf(map: (value: number) => number): Lookup {
  const table = new Uint8Array(256);
  for (let value = 0; value < 256; value++) table[value] = toByte(map(value));
  return table;
}

/** Replaces every value of [size, size, 3] in place. */
export function applyLookup(pixels: Uint8Array, table: Lookup): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[pixels[i] as number] as number;
}

/** Replaces every value of [size, size, 3] in place, each channel by its own table. */
export function applyChannelLookup(pixels: Uint8Array, table: ChannelLookup): void {
  for (let i = 0; i < pixels.length; i += 3) {
    pixels[i] = table[pixels[i] as number] as number;
    pixels[i + 1] = table[256 + (pixels[i + 1] as number)] as number;
    pixels[i + 2] = table[512 + (pixels[i + 2] as number)] as number;
  }
}

/** Counts of the 256 values of one channel of [size, size, 3]. */
export function histogram(pixels: Uint8Array, channel: number): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = channel; i < pixels.length; i += 3) {
    const value = pixels[i] as number;
    counts[value] = (counts[value] as number) + 1;
  }
  return counts;
}

/** Towards zero, as C does, and kept in 0..255. */
export function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value | 0;
}
