import { type SearchSpec, searchSpec } from '../../packages/contracts/src/index.ts';

/** Steps from one checkpoint of a distillation to the next. */
export const checkpointEverySteps = 40;

/**
 * A search of some seconds that has every part: features in the cache, checkpoints that lie about a
 * second apart, networks that are trained.
 */
export const chaosSpec: SearchSpec = searchSpec.parse({
  name: 'chaos',
  seed: 11,
  dataset: {
    ...{ kind: 'procedural', seed: 1, classes: 3, size: 32 },
    ...{ trainPerClass: 60, testPerClass: 10 },
  },
  ratingPerClass: 4,
  teacher: {
    kind: 'train',
    architecture: 'cn_k3_s2_c8 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s2_e2_c12_se0.25 | hd_c16',
    training: { epochs: 20, batch: 16, learningRate: 0.01 },
  },
  space: [
    'stem cn_k3_s2_c8',
    'ops ir_k3_e3_se0.25 ir_k5_e3_se0.25',
    'block n1_c8_s2 n2_c8_s2',
    'block n1_c12_s2 n2_c12_s2',
    'head hd_c16',
  ].join('\n'),
  distil: {
    ...{ epochs: 160, batch: 32, learningRate: 0.005, augment: 'light', augmentVariants: 2 },
    checkpointEverySteps,
  },
  rating: { batch: 8, calibrationImages: 16 },
  retrain: { epochs: 40, batch: 16, learningRate: 0.01, networks: 2 },
});
