import { z } from 'zod';
import { engineName } from './engine.ts';

const bound = z
  .strictObject({ min: z.number().nonnegative().optional(), max: z.number().positive().optional() })
  .refine((b) => b.min === undefined || b.max === undefined || b.min <= b.max, {
    message: 'min must not be larger than max',
    path: ['min'],
  });

/** Inclusive bounds of a network's costs; all of them hold together. */
export const constraints = z.strictObject({
  params: bound.optional(),
  macs: bound.optional(),
  flopsTool: bound.optional(),
  /** Bytes of all feature maps of one image. */
  activationBytes: bound.optional(),
  /** Milliseconds for one image; needs a measured table (`latency`). */
  latencyMs: bound.optional(),
});
export type ConstraintsSpec = z.infer<typeof constraints>;

/** What the exact search looks for. */
export const solveSpec = z.strictObject({
  /** Weight λ of each block's loss; null: all 1. */
  lambdas: z.array(z.number().min(0).max(1e6)).nullable().default(null),
  /** Least number of layers in which any two of the networks found differ. */
  minDistance: z.int().min(0).max(1000).default(0),
});

/** Measures the latency of every layer of the space on a trainer. */
export const latencySpec = z.strictObject({
  /** Engine of the trainer; null: whichever takes the job. */
  engine: engineName.nullable().default(null),
  batch: z.int().min(1).max(1024).default(1),
  /** Timed runs per layer; the median counts. */
  repeats: z.int().min(3).max(1000).default(15),
});
export type LatencySpec = z.infer<typeof latencySpec>;
