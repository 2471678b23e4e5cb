import { type SearchSpec, type SearchSpecInput, searchSpec } from '@blockwise/contracts';

/** Three classes of drawn images. */
export const tinyDataset = {
  kind: 'procedural',
  seed: 1,
  classes: 3,
  size: 16,
  trainPerClass: 20,
  testPerClass: 6,
} as const;

/** Trains in a second. */
export const tinyTraining = { epochs: 2, batch: 16, learningRate: 0.01 } as const;

export const tinyTeacher = 'cn_k3_s2_c8 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s2_e2_c12_se0.25 | hd_c16';

/** Of the tiny specification: stored features, two epochs of three steps. */
export const tinyDistil = {
  epochs: 2,
  batch: 16,
  learningRate: 0.005,
  augment: 'light',
  augmentVariants: 2,
  checkpointEverySteps: 2,
} as const;

/** The smallest specification that still has every part: 2 blocks × 2 cells × 2 ops, 16-pixel images. */
export function tinySpec(changes: Partial<SearchSpecInput> = {}): SearchSpec {
  return searchSpec.parse({
    name: 'tiny',
    seed: 7,
    dataset: tinyDataset,
    ratingPerClass: 4,
    teacher: { kind: 'train', architecture: tinyTeacher, training: tinyTraining },
    space: [
      'stem cn_k3_s2_c8',
      'ops ir_k3_e2_se0.25 ir_k5_e2_se0.25',
      'block n1_c8_s2 n2_c8_s2',
      'block n1_c12_s2 n2_c12_s2',
      'head hd_c16',
    ].join('\n'),
    distil: tinyDistil,
    rating: { batch: 8, calibrationImages: 16 },
    retrain: { epochs: 1, batch: 16, learningRate: 0.01, networks: 2 },
    ...changes,
  });
}
