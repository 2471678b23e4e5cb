import { type SearchSpec, searchSpec } from '@blockwise/contracts';

/** A whole search that ends in seconds: 2 blocks × 2 cells × 2 ops on drawn 16-pixel images. */
export function smallSpec(name: string, teacherEpochs = 3): SearchSpec {
  return searchSpec.parse({
    name,
    dataset: {
      kind: 'procedural',
      seed: 1,
      classes: 3,
      size: 16,
      trainPerClass: 60,
      testPerClass: 10,
    },
    ratingPerClass: 8,
    teacher: {
      kind: 'train',
      architecture: 'cn_k3_s2_c8 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s2_e2_c12_se0.25 | hd_c16',
      training: { epochs: teacherEpochs, batch: 16, learningRate: 0.01 },
    },
    space: [
      'stem cn_k3_s2_c8',
      'ops ir_k3_e2_se0.25 ir_k5_e2_se0.25',
      'block n1_c8_s2 n2_c8_s2',
      'block n1_c12_s2 n2_c12_s2',
      'head hd_c16',
    ].join('\n'),
    distil: {
      ...{ epochs: 3, batch: 16, learningRate: 0.005, checkpointEverySteps: 5 },
      ...{ augment: 'light', augmentVariants: 2 },
    },
    rating: { batch: 8, calibrationImages: 16 },
    retrain: { epochs: 2, batch: 16, learningRate: 0.01, networks: 2 },
  });
}
