import { z } from 'zod';
import { epochs, rate } from './recipe.ts';
import { trainingSpec } from './training-spec.ts';

/**
 * A short distillation of the whole network from the teacher: cosine of the features after every
 * block (only with `supernet` weights, whose interfaces have the teacher's widths) and KL of the logits.
 */
const globalDistil = z.strictObject({
  epochs: epochs.default(1),
  learningRate: rate.default(0.001),
  featureWeight: z.number().min(0).max(1000).default(1),
  logitWeight: z.number().min(0).max(1000).default(1),
  temperature: z.number().positive().max(100).default(1),
});
export type GlobalDistilSpec = z.infer<typeof globalDistil>;

/** How a network of the space is trained and tested. */
export const networkTraining = trainingSpec.extend({
  /** Trainings with different seeds; their mean and deviation are shown. */
  seeds: z.int().min(1).max(20).default(1),
  /** `supernet`: weights cut out of the cells' supernets, with the teacher's widths between blocks. */
  init: z.enum(['scratch', 'supernet']).default('scratch'),
  /** Before the training on labels; with 0 epochs of that, in place of it. */
  globalDistil: globalDistil.nullable().default(null),
});
export type NetworkTraining = z.infer<typeof networkTraining>;

export const retrainSpec = networkTraining.extend({
  /** How many of the best networks are trained. */
  networks: z.int().min(1).max(100).default(3),
});
export type RetrainSpec = z.infer<typeof retrainSpec>;

/** A ranking audit: networks drawn uniformly over macs, trained by one recipe. */
export const auditSpec = z.strictObject({
  name: z.string().trim().min(1).max(120).default('audit'),
  networks: z.int().min(4).max(200).default(20),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  /** Draws only networks within these bounds. */
  macs: z
    .strictObject({ min: z.number().nonnegative(), max: z.number().positive() })
    .nullable()
    .default(null),
  training: networkTraining.prefault({}),
});
export type AuditSpec = z.infer<typeof auditSpec>;
