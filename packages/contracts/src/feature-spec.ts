import { z } from 'zod';

/** How the teacher's features are computed and kept on a trainer's disk. */
export const featureSpec = z.strictObject({
  /** How numbers are stored. `f16` takes half the disk and rounds to 11 significant bits. */
  dtype: z.enum(['f32', 'f16']).default('f32'),
  /** Disk that one search may take of a trainer's cache, megabytes; the trainer may give it less. */
  cacheMegabytes: z.int().min(0).default(4096),
  /** Images per pass of the teacher. */
  microBatch: z.int().min(1).max(8192).default(64),
});
export type FeatureSpec = z.infer<typeof featureSpec>;
export type FeatureType = FeatureSpec['dtype'];
