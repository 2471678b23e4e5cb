import { z } from 'zod';
import { datasetSource } from './dataset.ts';

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const epochs = z.int().min(1).max(10_000);
const batch = z.int().min(2).max(4096);
const rate = z.number().positive().max(10);
/** `light`: horizontal flip and a crop from a padded image. */
const augment = z.enum(['none', 'light']);
const bound = z
  .strictObject({ min: z.number().nonnegative().optional(), max: z.number().positive().optional() })
  .refine((b) => b.min === undefined || b.max === undefined || b.min <= b.max, {
    message: 'min must not be larger than max',
    path: ['min'],
  });

/** Training of a classifier on labels: a teacher, or a found network from scratch. AdamW, cosine decay after a linear warm-up of one epoch. */
const classifierTraining = z.strictObject({
  epochs,
  batch,
  learningRate: rate,
  weightDecay: z.number().min(0).max(1).default(0.02),
  labelSmoothing: z.number().min(0).max(0.5).default(0.1),
  augment: augment.default('light'),
});
export type ClassifierTrainingSpec = z.infer<typeof classifierTraining>;

const teacher = z.discriminatedUnion('kind', [
  /** A network of the grammar, trained by a job on the search's data set. */
  z.strictObject({
    kind: z.literal('train'),
    architecture: z.string().min(1),
    training: classifierTraining,
  }),
  /** The teacher of an earlier search on the same classes and image size. */
  z.strictObject({ kind: z.literal('search'), searchId: z.string().min(1) }),
]);
export type TeacherSpec = z.infer<typeof teacher>;

const distil = z.strictObject({
  epochs: epochs.default(20),
  batch: batch.default(64),
  /** Start rate per block, or one for all. DNA's released code: 0.002 at both ends, 0.005 between. */
  learningRate: z.union([rate, z.array(rate).min(1)]).default(0.005),
  /** Factor per epoch. DNA's released code: 0.9. */
  decay: z.number().positive().max(1).default(0.9),
  augment: augment.default('light'),
  /** Fixed draws of the augmentation per image; finitely many, so that teacher features can be cached. */
  augmentVariants: z.int().min(1).max(1000).default(2),
  checkpointEverySteps: z.int().min(1).default(200),
});
export type DistilSpec = z.infer<typeof distil>;

/** Everything that is needed to run a search again: with the same engine, the same specification gives the same ratings. */
export const searchSpec = z.strictObject({
  name: z.string().trim().min(1).max(120),
  seed: seed.default(0),
  dataset: datasetSource,
  /** Images per class, drawn from the training part, on which candidates are rated and no cell trains. */
  ratingPerClass: z.int().min(1).max(10_000).default(50),
  teacher,
  /** The search space, in its grammar. */
  space: z.string().min(1),
  distil: distil.prefault({}),
  rating: z
    .strictObject({
      batch: batch.default(64),
      /** Clean training images from which batch-norm statistics are recalibrated. */
      calibrationImages: z.int().min(2).max(4096).default(128),
    })
    .prefault({}),
  constraints: z.strictObject({ params: bound.optional(), macs: bound.optional() }).default({}),
  retrain: classifierTraining.extend({
    /** How many of the best networks are trained from scratch. */
    networks: z.int().min(1).max(100).default(3),
  }),
  /** Teacher features are computed once and kept on disk when all of them fit this budget, else recomputed at every step. */
  featureCacheMegabytes: z.int().min(0).default(4096),
});
export type SearchSpec = z.infer<typeof searchSpec>;
export type SearchSpecInput = z.input<typeof searchSpec>;
