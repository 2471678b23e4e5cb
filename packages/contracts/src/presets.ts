import type { SearchSpecInput } from './search-spec.ts';

/** The six candidate ops of the DNA paper: MBConv with kernels 3, 5, 7 at expansions 6 and 3. */
const paperOps =
  'ops ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k7_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25 ir_k7_e3_se0.25';

/** Three blocks of two cells for 32×32 images that end in minutes on a laptop. */
const demoSpace = [
  'stem cn_k3_s1_c16 ds_k3_s2_c16_se0.25',
  paperOps,
  'block n1_c16_s2 n2_c16_s2',
  'block n2_c24_s1 n3_c24_s1',
  'block n2_c48_s2 n3_c48_s2',
  'head hd_c128',
].join('\n');

const demoTeacher = [
  'cn_k3_s1_c16 ds_k3_s2_c16_se0.25',
  'ir_r2_k3_s2_e3_c24_se0.25',
  'ir_r2_k5_s1_e4_c40_se0.25',
  'ir_r2_k5_s2_e4_c80_se0.25',
  'hd_c128',
].join(' | ');

/** The multi-cell space for 32×32 photographs: cells of different depth and width compete in a block. */
const cifar10Space = [
  'stem cn_k3_s1_c16 ds_k3_s2_c16_se0.25',
  paperOps,
  'block n1_c24_s2 n2_c24_s2 n2_c32_s2',
  'block n2_c40_s1 n3_c40_s1 n2_c48_s1',
  'block n2_c80_s2 n3_c80_s2 n2_c96_s2',
  'head hd_c192',
].join('\n');

const cifar10Teacher = [
  'cn_k3_s1_c16 ds_k3_s2_c16_se0.25',
  'ir_r2_k3_s2_e4_c32_se0.25',
  'ir_r3_k5_s1_e4_c48_se0.25',
  'ir_r3_k5_s2_e4_c96_se0.25',
  'hd_c256',
].join(' | ');

/** Specifications that run on a machine with two cores and no GPU. */
export const presets = {
  /** Procedural images; a whole search in less than four minutes. */
  demo(): SearchSpecInput {
    const training = { epochs: 6 };
    return {
      name: 'demo',
      seed: 1,
      dataset: {
        kind: 'procedural',
        seed: 1,
        classes: 10,
        size: 32,
        trainPerClass: 400,
        testPerClass: 100,
      },
      ratingPerClass: 30,
      teacher: { kind: 'train', architecture: demoTeacher, training },
      space: demoSpace,
      distil: {
        epochs: 3,
        batch: 64,
        learningRate: 0.005,
        augment: 'light',
        augmentVariants: 2,
        checkpointEverySteps: 50,
      },
      rating: { batch: 100, calibrationImages: 128 },
      constraints: { params: { max: 120_000 } },
      retrain: { networks: 2, ...training },
    };
  },
  /** A CIFAR-10 image folder of about 10,000 training images; within half an hour. */
  cifar10(path: string): SearchSpecInput {
    return {
      name: 'cifar10',
      seed: 1,
      dataset: { kind: 'imageFolder', path, size: 32 },
      ratingPerClass: 50,
      teacher: {
        kind: 'train',
        architecture: cifar10Teacher,
        training: { epochs: 14 },
      },
      space: cifar10Space,
      distil: { epochs: 6, batch: 64, learningRate: 0.005, augment: 'light', augmentVariants: 2 },
      rating: { batch: 100, calibrationImages: 256 },
      constraints: { params: { max: 300_000 } },
      retrain: { networks: 2 },
    };
  },
};
