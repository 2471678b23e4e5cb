import type { Recipe } from '@blockwise/contracts';

/** What every field of a training recipe is. */
export const recipeFields: Readonly<Record<keyof Recipe, string>> = {
  epochs:
    'Passes over the training part; 0 only where a global distillation stands in for the training.',
  batch: 'Images per optimiser step (the global batch).',
  learningRate: 'Learning rate after the warm-up.',
  optimizer: 'How weights follow gradients.',
  momentum: 'Of SGD and RMSprop; β₁ of the Adams, whose β₂ is 0.999.',
  optimizerEpsilon: "Added to the optimiser's divisor.",
  weightDecay: 'Not on biases and normalisation.',
  schedule: 'How the learning rate falls after the warm-up.',
  decay: 'Of the schedule STEP: factor on the rate every `decayEpochs` epochs.',
  decayEpochs: 'Of the schedule STEP: epochs between its steps.',
  warmupEpochs: 'Epochs of a linear warm-up.',
  warmupFrom: 'Rate at which the warm-up begins.',
  labelSmoothing: 'Share of the target that is spread over all classes.',
  dropout: 'Share of the pooled features that is dropped before the classifier.',
  dropPath:
    'Stochastic depth: share of images for which a residual branch is dropped; rises linearly with ' +
    'the depth to this value.',
  augment: 'Random changes of training images.',
  mixup: "α of mixup's beta distribution, 0: off. With CutMix too, every batch draws one of them.",
  cutmix: "α of CutMix's beta distribution, 0: off.",
  ema: 'Decay of the running mean of the weights that is tested in their place, 0: off.',
  seed: 'Seed of weights, order and augmentation.',
  imageSize: 'Side of the images that the recipe is meant for, pixels; any if not given.',
};
