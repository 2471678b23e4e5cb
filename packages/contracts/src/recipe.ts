import { z } from 'zod';

/** Random changes of training images; `augmentations` in datasets says what each of them does. */
export const augment = z.enum([
  'none',
  'light',
  'paper',
  'dna2020',
  'autoAugment',
  'randAugment',
  'cutout',
]);
export type Augment = z.infer<typeof augment>;

export const batch = z.int().min(2).max(8192);
/** Images per forward pass; a larger batch is accumulated from several. Null: the whole batch. */
export const microBatch = z.int().min(2).max(8192).nullable();
export const rate = z.number().positive().max(10);
export const epochs = z.int().min(1).max(10_000);
const share = z.number().min(0).max(0.95);

/** Everything that decides how a network is trained on labels. */
export const recipe = z.strictObject({
  /** 0 only where a global distillation stands in for the training. */
  epochs: z.int().min(0).max(10_000),
  /** Images per optimiser step (the global batch). */
  batch,
  /** After the warm-up. */
  learningRate: rate,
  /** `adamw` decays weights apart from the gradient; `rmspropTf`: epsilon inside the root (α 0.9). */
  optimizer: z.enum(['adamw', 'adam', 'rmspropTf', 'sgd']),
  /** Of `sgd` and `rmspropTf`; β₁ of the Adams (their β₂ is 0.999). */
  momentum: z.number().min(0).max(0.9999),
  optimizerEpsilon: z.number().positive().max(1),
  /** Not on biases and normalisation. */
  weightDecay: z.number().min(0).max(1),
  schedule: z.enum(['cosine', 'step', 'constant']),
  /** Of `step`: factor on the rate every `decayEpochs` epochs. */
  decay: z.number().positive().max(1),
  decayEpochs: z.number().positive().max(1000),
  /** Linear, from `warmupFrom`. */
  warmupEpochs: z.number().min(0).max(1000),
  warmupFrom: z.number().min(0).max(10),
  labelSmoothing: z.number().min(0).max(0.5),
  /** Of the pooled features before the classifier. */
  dropout: share,
  /** Stochastic depth of residual branches; rises linearly with the depth to this value. */
  dropPath: share,
  augment,
  /** α of mixup's and of CutMix's beta distribution; 0: off. With both, every batch draws one. */
  mixup: z.number().min(0).max(10),
  cutmix: z.number().min(0).max(10),
  /** Decay of the running mean of weights that is tested in place of the weights; 0: off. */
  ema: z.number().min(0).max(0.99999),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** Side of the images that the recipe is meant for, pixels; null: any. */
  imageSize: z.int().min(8).max(1024).nullable(),
});
export type Recipe = z.infer<typeof recipe>;
