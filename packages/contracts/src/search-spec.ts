import { z } from 'zod';
import { constraints, latencySpec, solveSpec } from './constraints.ts';
import { datasetSource } from './dataset.ts';
import { distilSpec } from './distil-spec.ts';
import { featureSpec } from './feature-spec.ts';
import { ratingSpec } from './rating-spec.ts';
import { retrainSpec } from './retrain-spec.ts';
import { teacherSpec } from './teacher-spec.ts';

/** Everything that is needed to run a search again: with the same engine, the same specification gives the same ratings. */
export const searchSpec = z.strictObject({
  name: z.string().trim().min(1).max(120),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  dataset: datasetSource,
  /**
   * Mean and deviation with which images are normalised: the training part's own, or ImageNet's.
   * `auto`: ImageNet's for teachers from a file, else the data's.
   */
  normalisation: z.enum(['auto', 'data', 'imagenet']).default('auto'),
  /** Images per class, drawn from the training part, on which candidates are rated and no cell trains. */
  ratingPerClass: z.int().min(1).max(10_000).default(50),
  teacher: teacherSpec,
  /** The search space in its grammar, or the name of a preset (`dna-multi`). */
  space: z.string().min(1),
  distil: distilSpec.prefault({}),
  rating: ratingSpec.prefault({}),
  constraints: constraints.default({}),
  solve: solveSpec.prefault({}),
  /** Needed for a bound on latency; null: not measured. */
  latency: latencySpec.nullable().default(null),
  retrain: retrainSpec,
  features: featureSpec.prefault({}),
  /**
   * When a pass needs more memory than there is: `halve` does its step again with half as many images
   * at once, down to one, and goes on so; `fail` ends the job.
   */
  onOutOfMemory: z.enum(['halve', 'fail']).default('halve'),
});
export type SearchSpec = z.infer<typeof searchSpec>;
export type SearchSpecInput = z.input<typeof searchSpec>;
