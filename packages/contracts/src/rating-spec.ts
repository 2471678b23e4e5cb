import { z } from 'zod';
import { batch } from './recipe.ts';

/**
 * What a path's loss is. `relativeL1`: mean |Ŷ − Y| / σ(Y), the paper's; `mseOverVariance`;
 * `cosine`: 1 − cosine, per image. `replaceKl`, `replaceError`: the path is put into the teacher in
 * place of the block; KL(teacher ‖ replaced) of the logits, or the share that is then classified wrong.
 */
export const ratingMeasure = z.enum([
  'relativeL1',
  'mseOverVariance',
  'cosine',
  'replaceKl',
  'replaceError',
]);
export type RatingMeasure = z.infer<typeof ratingMeasure>;

export const ratingSpec = z.strictObject({
  measure: ratingMeasure.default('relativeL1'),
  batch: batch.default(64),
  /** Images of a batch that are rated at once; null: all. The ratings are the same, but for rounding. */
  microBatch: z.int().min(1).max(8192).nullable().default(null),
  /** Clean training images from which batch-norm statistics are recalibrated. */
  calibrationImages: z.int().min(2).max(4096).default(128),
});
export type RatingSpec = z.infer<typeof ratingSpec>;
