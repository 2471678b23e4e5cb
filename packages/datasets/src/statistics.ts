import type { ImageSet } from './dataset.ts';

type PerChannel = [number, number, number];

/**
 * Mean and population standard deviation per channel (RGB) over all pixels of a set, in 0..1.
 * Computed from exact counts of the 256 values, so the order of images does not matter.
 */
export function channelStatistics(set: ImageSet): { mean: PerChannel; std: PerChannel } {
  const counts = [0, 1, 2].map(() => new Float64Array(256));
  const [red, green, blue] = counts as [Float64Array, Float64Array, Float64Array];
  const { images } = set;
  for (let i = 0; i < images.length; i += 3) {
    red[images[i] as number] = (red[images[i] as number] as number) + 1;
    green[images[i + 1] as number] = (green[images[i + 1] as number] as number) + 1;
    blue[images[i + 2] as number] = (blue[images[i + 2] as number] as number) + 1;
  }
  const pixels = images.length / 3;
  const [r, g, b] = [red, green, blue].map((channel) => moments(channel, pixels)) as [
    Moments,
    Moments,
    Moments,
  ];
  return { mean: [r.mean, g.mean, b.mean], std: [r.std, g.std, b.std] };
}

interface Moments {
  readonly mean: number;
  readonly std: number;
}

/** `counts[v]`: how many pixels have value v of 0..255. */
function moments(counts: Float64Array, pixels: number): Moments {
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / pixels;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0);
  return { mean: mean / 255, std: Math.sqrt(variance / pixels) / 255 };
}
