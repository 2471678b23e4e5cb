import type { Augment } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import { augmentations } from './augment/augmentations.ts';
import { Augmenter } from './augment/augmenter.ts';
import { type ImageSet, imageBytes } from './dataset.ts';
import type { ChannelStatistics } from './normalisation.ts';

/**
 * Which level, and which of its draws. `none` draws nothing, so it needs no seed. `epoch` may be
 * any whole number that tells draws apart.
 */
export type AugmentDraws =
  | { readonly augment: 'none' }
  | {
      readonly augment: Augment;
      readonly seed: number | string;
      readonly epoch: number;
    };

/**
 * Writes images into `out` as float32 [n, size, size, 3] NHWC, changed as the level of
 * `augmentations` says and normalised by the given mean and deviation: (value / 255 - mean) / std.
 *
 * What happens to an image depends on (level, seed, epoch, its index) only, not on its batch: a
 * resumed run sees the same pixels.
 *
 * `out` may be longer than the batch; the rest is left alone.
 */
export function fillBatch(
  set: ImageSet,
  indices: ArrayLike<number>,
  info: ChannelStatistics,
  draws: AugmentDraws,
  out: Float32Array,
): void {
  augmentBatch(augmenterOf(set.size, info, draws.augment), set, indices, draws, out);
}

/** As `fillBatch`, with an augmenter of the level that serves other batches too. */
export function augmentBatch(
  augmenter: Augmenter,
  set: ImageSet,
  indices: ArrayLike<number>,
  draws: AugmentDraws,
  out: Float32Array,
): void {
  const step = imageBytes(set.size);
  if (out.length < indices.length * step) {
    throw new Error(`a batch of ${indices.length} needs ${indices.length * step} numbers`);
  }
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (!(index >= 0 && index < set.count)) throw new Error(`no image ${index} of ${set.count}`);
    augmenter.write(set.images, index * step, imageDraws(draws, index), out, i * step);
  }
}

export function augmenterOf(size: number, info: ChannelStatistics, augment: Augment): Augmenter {
  return new Augmenter(size, info, augmentations[augment].steps);
}

/** The stream of one image's draws. */
export function imageDraws(draws: AugmentDraws, index: number) {
  return 'seed' in draws
    ? createRandom('augment', draws.seed, draws.epoch, index)
    : createRandom('augment', 'none');
}
