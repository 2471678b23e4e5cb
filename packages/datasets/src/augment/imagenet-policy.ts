import type { PolicyOp } from './policy-op.ts';
import type { PolicyEntry } from './steps.ts';

type Pair = readonly [PolicyOp, number, number, PolicyOp, number, number];

/** Op, probability and magnitude, twice. */
const pairs: readonly Pair[] = [
  ['posterizeGently', 0.4, 8, 'rotate', 0.6, 9],
  ['solarize', 0.6, 5, 'autoContrast', 0.6, 5],
  ['equalize', 0.8, 8, 'equalize', 0.6, 3],
  ['posterizeGently', 0.6, 7, 'posterizeGently', 0.6, 6],
  ['equalize', 0.4, 7, 'solarize', 0.2, 4],
  ['equalize', 0.4, 4, 'rotate', 0.8, 8],
  ['solarize', 0.6, 3, 'equalize', 0.6, 7],
  ['posterizeGently', 0.8, 5, 'equalize', 1, 2],
  ['rotate', 0.2, 3, 'solarize', 0.6, 8],
  ['equalize', 0.6, 8, 'posterizeGently', 0.4, 6],
  ['rotate', 0.8, 8, 'colour', 0.4, 0],
  ['rotate', 0.4, 9, 'equalize', 0.6, 2],
  ['equalize', 0, 7, 'equalize', 0.8, 8],
  ['invert', 0.6, 4, 'equalize', 1, 8],
  ['colour', 0.6, 4, 'contrast', 1, 8],
  ['rotate', 0.8, 8, 'colour', 1, 2],
  ['colour', 0.8, 8, 'solarize', 0.8, 7],
  ['sharpness', 0.4, 7, 'invert', 0.6, 8],
  ['shearX', 0.6, 5, 'equalize', 1, 9],
  ['colour', 0.4, 0, 'equalize', 0.6, 3],
  ['equalize', 0.4, 7, 'solarize', 0.2, 4],
  ['solarize', 0.6, 5, 'autoContrast', 0.6, 5],
  ['invert', 0.6, 4, 'equalize', 1, 8],
  ['colour', 0.6, 4, 'contrast', 1, 8],
  ['equalize', 0.8, 8, 'equalize', 0.6, 3],
];

/**
 * The 25 pairs of ops that AutoAugment found on a reduced ImageNet (Cubuk et al., "AutoAugment:
 * Learning Augmentation Strategies from Data", 2019, appendix). Some occur twice, as in the paper;
 * an op of probability 0 is the paper's too.
 */
export const imagenetPolicy: readonly (readonly PolicyEntry[])[] = pairs.map(
  ([first, firstProbability, firstMagnitude, second, secondProbability, secondMagnitude]) => [
    [first, firstProbability, firstMagnitude],
    [second, secondProbability, secondMagnitude],
  ],
);
