import { z } from 'zod';

/** Images of a sample sheet at most. */
export const maxSamples = 64;

/** What lies on a sheet of test images, row by row. */
export const sampleSheet = z.strictObject({
  /** Images of a row; the last row may have fewer. */
  columns: z.int().positive().max(maxSamples),
  /** Of every image, its position in the class list. */
  labels: z.array(z.int().nonnegative()).min(1).max(maxSamples),
});
export type SampleSheet = z.infer<typeof sampleSheet>;
