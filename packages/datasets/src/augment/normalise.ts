import type { ChannelStatistics } from '../normalisation.ts';
import type { Window } from './pad-crop.ts';

/** [256, 3]: the normalised number of every value of every channel. */
export function normalisationTable(info: ChannelStatistics): Float32Array {
  const table = new Float32Array(256 * 3);
  for (let value = 0; value < 256; value++) {
    for (const channel of [0, 1, 2] as const) {
      // A constant channel has no deviation; it becomes zero rather than not a number.
      const std = info.std[channel] || 1;
      table[value * 3 + channel] = (value / 255 - info.mean[channel]) / std;
    }
  }
  return table;
}

/**
 * Writes a window of [size, size, 3], which begins at `from`, as normalised numbers to `to` of
 * `out`. What lies outside of the image is zero.
 */
export function normaliseWindow(
  images: Uint8Array,
  from: number,
  size: number,
  { flip, down, right }: Window,
  normalised: Float32Array,
  out: Float32Array,
  to: number,
): void {
  const isWhole = !flip && down === 0 && right === 0;
  if (isWhole) {
    normaliseWhole(images, from, size * size * 3, normalised, out, to);
    return;
  }
  let target = to;
  for (let y = 0; y < size; y++) {
    const sourceY = y + down;
    const row = from + sourceY * size * 3;
    for (let x = 0; x < size; x++) {
      const sourceX = (flip ? size - 1 - x : x) + right;
      if (sourceY < 0 || sourceY >= size || sourceX < 0 || sourceX >= size) {
        out[target] = 0;
        out[target + 1] = 0;
        out[target + 2] = 0;
      } else {
        const source = row + sourceX * 3;
        out[target] = normalised[(images[source] as number) * 3] as number;
        out[target + 1] = normalised[(images[source + 1] as number) * 3 + 1] as number;
        out[target + 2] = normalised[(images[source + 2] as number) * 3 + 2] as number;
      }
      target += 3;
    }
  }
}

/** The same for a window that is the image itself, which needs no look at its bounds. */
function normaliseWhole(
  images: Uint8Array,
  from: number,
  values: number,
  normalised: Float32Array,
  out: Float32Array,
  to: number,
): void {
  for (let i = 0; i < values; i += 3) {
    const source = from + i;
    const target = to + i;
    out[target] = normalised[(images[source] as number) * 3] as number;
    out[target + 1] = normalised[(images[source + 1] as number) * 3 + 1] as number;
    out[target + 2] = normalised[(images[source + 2] as number) * 3 + 2] as number;
  }
}
