import type { ChannelStatistics } from '../normalisation.ts';
import type { Window } from './pad-crop.ts';

/** The normalised number of every value, 0 to 255, of red, green and blue. */
export type NormalisedValues = readonly [Float32Array, Float32Array, Float32Array];

export function normalisedValues({ mean, std }: ChannelStatistics): NormalisedValues {
  const of = (channel: 0 | 1 | 2) =>
    // A constant channel has no deviation; it becomes zero rather than not a number.
    Float32Array.from(
      { length: 256 },
      (_, value) => (value / 255 - mean[channel]) / (std[channel] || 1),
    );
  return [of(0), of(1), of(2)];
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
  normalised: NormalisedValues,
  out: Float32Array,
  to: number,
): void {
  const isWhole = !flip && down === 0 && right === 0;
  if (isWhole) {
    normaliseWhole(images, from, size * size * 3, normalised, out, to);
    return;
  }
  const [reds, greens, blues] = normalised;
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
        out[target] = reds[images[source] as number] as number;
        out[target + 1] = greens[images[source + 1] as number] as number;
        out[target + 2] = blues[images[source + 2] as number] as number;
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
  normalised: NormalisedValues,
  out: Float32Array,
  to: number,
): void {
  const [reds, greens, blues] = normalised;
  // Views that begin where the loop does: it is the shorter for it.
  const pixels = images.subarray(from, from + values);
  const target = out.subarray(to, to + values);
  for (let i = 0; i < values; i += 3) {
    target[i] = reds[pixels[i] as number] as number;
    target[i + 1] = greens[pixels[i + 1] as number] as number;
    target[i + 2] = blues[pixels[i + 2] as number] as number;
  }
}
