import type { DatasetInfo } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import { type ImageSet, imageBytes } from './dataset.ts';

/** `light`: a horizontal flip of every second image and a crop from the padded image. */
export type Augmentation =
  | { readonly augment: 'none' }
  | { readonly augment: 'light'; readonly seed: number | string; readonly epoch: number };

/** Flip and crop of one image. */
export interface LightDraw {
  readonly flip: boolean;
  /** Shift of the crop window against the image, -padding..padding, pixels. */
  readonly down: number;
  readonly right: number;
}

/**
 * Writes images into `out` as float32 [n, size, size, 3] NHWC, normalised by the training part's
 * mean and deviation: (value / 255 - mean) / std.
 *
 * Light augmentation is the usual one for 32x32 images (He et al., 2016): flip with probability
 * one half, and a random crop of the image padded on each side (4 pixels at 32). Padding is zero
 * after normalisation, that is the mean colour. What happens to an image depends on (seed, epoch,
 * its index) only, not on its batch: a resumed run sees the same pixels. `epoch` may be any whole
 * number that tells draws apart.
 *
 * `out` may be longer than the batch; the rest is left alone.
 */
export function fillBatch(
  set: ImageSet,
  indices: ArrayLike<number>,
  info: Pick<DatasetInfo, 'mean' | 'std'>,
  augmentation: Augmentation,
  out: Float32Array,
): void {
  const { size, images } = set;
  const step = imageBytes(size);
  if (out.length < indices.length * step) {
    throw new Error(`a batch of ${indices.length} needs ${indices.length * step} numbers`);
  }
  const normalised = normalisationTable(info);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (!(index >= 0 && index < set.count)) throw new Error(`no image ${index} of ${set.count}`);
    const draw = augmentation.augment === 'light' ? lightDraw(augmentation, index, size) : still;
    copyImage(images, index * step, size, draw, normalised, out, i * step);
  }
}

const still: LightDraw = { flip: false, down: 0, right: 0 };

/** The draw of one image; pure in its arguments. */
export function lightDraw(
  key: { readonly seed: number | string; readonly epoch: number },
  index: number,
  size: number,
): LightDraw {
  const random = createRandom('augment', key.seed, key.epoch, index);
  const padding = Math.max(1, Math.round(size / 8));
  const flip = random.int(2) === 1;
  const down = random.int(2 * padding + 1) - padding;
  const right = random.int(2 * padding + 1) - padding;
  return { flip, down, right };
}

/** [256, 3]: the normalised number of every value of every channel. */
function normalisationTable(info: Pick<DatasetInfo, 'mean' | 'std'>): Float32Array {
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

function copyImage(
  images: Uint8Array,
  from: number,
  size: number,
  { flip, down, right }: LightDraw,
  normalised: Float32Array,
  out: Float32Array,
  to: number,
): void {
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
