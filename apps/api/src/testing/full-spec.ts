import type { SearchSpecInput } from '@blockwise/contracts';

/** A training every field of which differs from its default and its recipe. */
const training = {
  recipe: 'timm-modern@1',
  microBatch: 16,
  epochs: 7,
  batch: 32,
  learningRate: 0.02,
  optimizer: 'sgd',
  momentum: 0.8,
  optimizerEpsilon: 1e-6,
  weightDecay: 0.01,
  schedule: 'step',
  decay: 0.5,
  decayEpochs: 2.5,
  warmupEpochs: 1.5,
  warmupFrom: 1e-3,
  labelSmoothing: 0.2,
  dropout: 0.3,
  dropPath: 0.25,
  augment: 'cutout',
  mixup: 0.4,
  cutmix: 0.6,
  ema: 0.99,
  seed: 11,
} as const;

/** A specification every field of which differs from its default. */
export const fullSpec = {
  name: 'everything',
  seed: 5,
  dataset: {
    kind: 'procedural',
    seed: 2,
    classes: 4,
    size: 16,
    trainPerClass: 40,
    testPerClass: 10,
  },
  normalisation: 'imagenet',
  ratingPerClass: 9,
  teacher: { kind: 'train', architecture: 'cn_k3_s2_c8 | ir_k3_e3_c12 | hd_c32', training },
  space: 'stem cn_k3_s2_c8; ops ir_k3_e3 ir_k5_e3; block n1_c8_s1 n2_c8_s1; head hd_c32',
  distil: {
    strategy: 's1',
    poolSize: 4,
    loss: 'noiseToSignal',
    sampling: 'fair',
    epochs: [3, 4],
    batch: 48,
    microBatch: 24,
    learningRate: [0.001, 0.003],
    optimizer: 'rmspropTf',
    momentum: 0.7,
    optimizerEpsilon: 1e-7,
    weightDecay: 0.002,
    schedule: 'cosine',
    decay: 0.8,
    warmupEpochs: 0.5,
    augment: 'randAugment',
    augmentVariants: 3,
    earlyStop: { patienceEpochs: 5, minImprovement: 0.01 },
    divergence: { explodesAt: 50, retryRate: 0.3 },
    checkpointEverySteps: 77,
  },
  rating: { measure: 'replaceKl', batch: 25, microBatch: 5, calibrationImages: 99 },
  constraints: {
    params: { min: 10, max: 1e6 },
    macs: { min: 11, max: 1e9 },
    flopsTool: { min: 12, max: 2e9 },
    activationBytes: { min: 13, max: 3e9 },
    latencyMs: { min: 0.5, max: 40 },
  },
  solve: { lambdas: [0.5, 2], minDistance: 3 },
  latency: { engine: 'wasm', batch: 4, repeats: 9 },
  retrain: {
    ...training,
    seeds: 3,
    init: 'supernet',
    globalDistil: {
      epochs: 2,
      learningRate: 0.0005,
      featureWeight: 0.5,
      logitWeight: 2,
      temperature: 4,
    },
    networks: 6,
  },
  features: { dtype: 'f16', cacheMegabytes: 123, microBatch: 17 },
  onOutOfMemory: 'fail',
} as const satisfies SearchSpecInput;

/** Other alternatives for its data set and its teacher, every field set. */
export const alternatives = {
  dataset: [
    { kind: 'imageFolder', path: '/images', size: 64 },
    { kind: 'cifar10', path: '/cifar' },
  ],
  teacher: [
    { kind: 'timm', architecture: 'tf_efficientnet_b7', file: '/b7.safetensors', training },
    { kind: 'layersModel', file: '/model.json', cuts: ['stem', 'block1'] },
  ],
} as const satisfies {
  dataset: readonly SearchSpecInput['dataset'][];
  teacher: readonly SearchSpecInput['teacher'][];
};
