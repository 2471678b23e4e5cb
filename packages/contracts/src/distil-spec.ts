import { z } from 'zod';
import { augment, batch, epochs, microBatch, rate } from './recipe.ts';

/** Training of the cells' supernets; the defaults are those of the paper's released code. */
export const distilSpec = z.strictObject({
  /**
   * What enters a block: `dna` the teacher's features; `s1`, `s2` the student's own blocks before
   * it, trained again from scratch with every block (`s1`) or kept frozen (`s2`).
   */
  strategy: z.enum(['dna', 's1', 's2']).default('dna'),
  /** `s1`, `s2`: earlier blocks run with a path drawn from so many of their best. */
  poolSize: z.int().min(1).max(100).default(3),
  loss: z.enum(['mse', 'mseOverVariance', 'noiseToSignal', 'cosine']).default('mse'),
  /** `fair`: one permutation of the ops per layer, all its paths accumulated into one step. */
  sampling: z.enum(['uniform', 'fair']).default('uniform'),
  /** Per block, or one for all. */
  epochs: z.union([epochs, z.array(epochs).min(1)]).default(20),
  batch: batch.default(64),
  microBatch: microBatch.default(null),
  /** Start rate per block, or one for all; null: 0.002 for the first and last block, 0.005 between. */
  learningRate: z
    .union([rate, z.array(rate).min(1)])
    .nullable()
    .default(null),
  optimizer: z.enum(['adam', 'adamw', 'rmspropTf', 'sgd']).default('adam'),
  momentum: z.number().min(0).max(0.9999).default(0.9),
  optimizerEpsilon: z.number().positive().max(1).default(1e-8),
  weightDecay: z.number().min(0).max(1).default(1e-4),
  schedule: z.enum(['step', 'cosine', 'constant']).default('step'),
  /** Of `step`: factor per epoch, the first epoch included. */
  decay: z.number().positive().max(1).default(0.9),
  warmupEpochs: z.number().min(0).max(1000).default(0),
  augment: augment.default('paper'),
  /** Draws of the augmentation per image, used in turn; null: a new one in every epoch. */
  augmentVariants: z.int().min(1).max(1000).nullable().default(null),
  /** Ends a cell's training when its rating loss has not fallen for so many epochs. */
  earlyStop: z
    .strictObject({
      patienceEpochs: z.int().min(1).max(1000).default(3),
      /** Least fall that counts, as a share of the best loss. */
      minImprovement: z.number().min(0).max(1).default(0.001),
    })
    .nullable()
    .default(null),
  divergence: z
    .strictObject({
      /** A loss of so many times the first epoch's median (first 20 steps) counts as diverged. */
      explodesAt: z.number().min(2).default(1000),
      /** Starts the cell once more, at this share of its rate. Null: it fails. */
      retryRate: z.number().positive().max(1).nullable().default(null),
    })
    .prefault({}),
  checkpointEverySteps: z.int().min(1).default(200),
});
export type DistilSpec = z.infer<typeof distilSpec>;

/** The paper's start rates (released train_pipeline.yaml). */
const paperEndRate = 0.002;
const paperInnerRate = 0.005;

/** Start rate of a block, 0-based. */
export function blockLearningRate({ learningRate }: DistilSpec, block: number, blocks: number) {
  if (learningRate === null) {
    return block === 0 || block === blocks - 1 ? paperEndRate : paperInnerRate;
  }
  return ofBlock(learningRate, block);
}

/** Epochs of a block, 0-based. */
export function blockEpochs({ epochs: all }: DistilSpec, block: number): number {
  return ofBlock(all, block);
}

function ofBlock(values: number | readonly number[], block: number): number {
  if (typeof values === 'number') return values;
  const value = values[block];
  if (value === undefined) throw new Error(`there is no value for block ${block}`);
  return value;
}
