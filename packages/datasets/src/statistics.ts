import type { ImageSet } from './dataset.ts';

type PerChannel = [number, number, number];

/** At most so many images of a folder's training part are measured, evenly spread over it. */
const mostMeasured = 50_000;

/** Mean and population standard deviation per channel (RGB) over all pixels of a set, in 0..1. */
export function channelStatistics(set: ImageSet): { mean: PerChannel; std: PerChannel } {
  const counts = new ValueCounts();
  counts.add(set.images);
  return counts.statistics();
}

/**
 * The positions whose images stand for a training part of `count` images. All of them, or 50,000
 * evenly spread, so that every class has its share: a set with millions of files is not decoded as
 * a whole for six numbers, and they are the same whether its images are kept in memory or not.
 */
export function measuredPositions(count: number): Uint32Array {
  const taken = Math.min(count, mostMeasured);
  return Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

/** Counts the 256 values of each channel, exactly: the order of images does not matter. */
export class ValueCounts {
  readonly #red = new Float64Array(256);
  readonly #green = new Float64Array(256);
  readonly #blue = new Float64Array(256);
  #pixels = 0;

  /** Pixels RGB, 0..255, of any number of images. */
  add(images: Uint8Array): void {
    const [red, green, blue] = [this.#red, this.#green, this.#blue];
    for (let i = 0; i < images.length; i += 3) {
      red[images[i] as number] = (red[images[i] as number] as number) + 1;
      green[images[i + 1] as number] = (green[images[i + 1] as number] as number) + 1;
      blue[images[i + 2] as number] = (blue[images[i + 2] as number] as number) + 1;
    }
    this.#pixels += images.length / 3;
  }

  statistics(): { mean: PerChannel; std: PerChannel } {
    const [r, g, b] = [this.#red, this.#green, this.#blue].map((channel) =>
      moments(channel, this.#pixels),
    ) as [Moments, Moments, Moments];
    return { mean: [r.mean, g.mean, b.mean], std: [r.std, g.std, b.std] };
  }
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
