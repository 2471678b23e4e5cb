import {
  type Augment,
  type EngineName,
  type ExportFormat,
  enumName,
  type FeatureType,
  type Phase,
  type RatingMeasure,
  type SearchSpec,
} from '@blockwise/contracts';
import type { TeacherKind } from '@blockwise/db';
import type { CostAxis, LayerChange, Predictor } from '@blockwise/dna';
import { builder } from './builder.ts';

/** An enumeration of contracts' words; GraphQL has them in upper case. */
function wordEnum<Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
) {
  const values = Object.entries<string>(words).map(([word, told]) => {
    const key = enumName(word);
    if (key === null) throw new Error(`${word} cannot be a GraphQL name`);
    return [key, { value: word as Word, description: told }] as const;
  });
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(values),
  });
}

export const PhaseEnum = wordEnum<Phase>(
  'Phase',
  'What a search goes through, in this order, and what a job does.',
  {
    teacher: 'Load or train the teacher and measure its accuracy.',
    latency: 'Measure the time of every layer of the space on an engine.',
    distil: "Train one cell's supernet on the teacher's features, one random path per step.",
    rate: 'Rate every path of one cell on images it never saw.',
    solve: 'Find the best networks under the constraints, exactly.',
    retrain: 'Train one network on labels with one seed, and test it.',
    cut: "Cut a network's weights out of the supernets.",
    export: 'Make weights into files for other software.',
    verify: "Evaluate the weights of a leaderboard's entry again.",
    maps: "Keep a path's feature maps beside the teacher's.",
  },
);

export const ExportFormatEnum = wordEnum<ExportFormat>(
  'ExportFormat',
  'What a network is taken out as.',
  {
    architecture: 'The network in the grammar, without weights.',
    safetensors: "Weights by timm's names, in PyTorch's layouts.",
    pytorch: 'A Python file that needs PyTorch alone, and its weights.',
    onnx: 'An ONNX model.',
    tfjs: 'A TensorFlow.js LayersModel.',
  },
);

export const TeacherKindEnum = wordEnum<TeacherKind>('TeacherKind', 'Where a teacher came from.', {
  train: "Trained on the search's images.",
  timm: "Loaded from a file with timm's parameter names.",
  layersModel: 'A TensorFlow.js LayersModel.',
  network: 'A network that an earlier search found.',
});

export const AxisEnum = wordEnum<'loss' | CostAxis>('Axis', 'What networks can be compared by.', {
  loss: 'Predicted loss: the weighted sum of the ratings.',
  params: 'Learnable scalars.',
  macs: 'Multiply-accumulates per image.',
  flopsTool: "The cost in the convention of the DNA paper's tables.",
  activationBytes: 'Bytes of all feature maps of one image.',
  latencyMs: 'Milliseconds for one image, by a measured table.',
});

export const LayerChangeEnum = wordEnum<LayerChange>(
  'LayerChange',
  'What became of a layer from one network to another.',
  {
    kept: 'Both have the same layer there.',
    changed: 'They have different layers there.',
    added: 'Only the second has a layer there.',
    removed: 'Only the first has a layer there.',
  },
);

export const PredictorEnum = wordEnum<Predictor>('Predictor', 'What orders networks.', {
  predicted: 'The prediction: losses count as their negatives.',
  params: 'Learnable scalars.',
  macs: 'Multiply-accumulates per image.',
  flopsTool: "The cost in the convention of the DNA paper's tables.",
});

export const FixedCostEnum = wordEnum<'macs' | 'flopsTool'>(
  'FixedCost',
  'A cost that is held fixed.',
  {
    macs: 'Multiply-accumulates per image.',
    flopsTool: "The cost in the convention of the DNA paper's tables.",
  },
);

export const PredictionKindEnum = wordEnum<'loss' | 'score'>(
  'PredictionKind',
  'What a prediction is.',
  { loss: 'Less promises more accuracy.', score: 'More promises more accuracy.' },
);

export const AugmentEnum = wordEnum<Augment>('Augment', 'Random changes of training images.', {
  none: 'Images as they are.',
  light: 'Horizontal flip, and a crop from a padded image.',
  paper:
    "The DNA supernets': random resized crop, flip, colour jitter 0.4, random erasing with " +
    'probability 0.5 (released code).',
  dna2020: "DNA's released retraining script: random resized crop, flip, colour jitter 0.06.",
  autoAugment: "Random resized crop, flip, and AutoAugment's policy for ImageNet.",
  randAugment: 'Random resized crop, flip, and RandAugment.',
  cutout: "As light, and one square cut out: DNA's transfer to CIFAR.",
});

export const OptimizerEnum = wordEnum<'adamw' | 'adam' | 'rmspropTf' | 'sgd'>(
  'Optimizer',
  'How weights follow gradients.',
  {
    adamw: 'Adam with weight decay apart from the gradient.',
    adam: 'Adam with weight decay inside the gradient (L2), as the DNA supernets.',
    rmspropTf: "TensorFlow's RMSprop: epsilon inside the root, α 0.9; DNA's retraining.",
    sgd: 'Gradient descent with momentum.',
  },
);

export const ScheduleEnum = wordEnum<'cosine' | 'step' | 'constant'>(
  'Schedule',
  'How the learning rate falls after the warm-up.',
  {
    cosine: 'To zero by half a cosine.',
    step: 'By a factor every so many epochs.',
    constant: 'Not at all.',
  },
);

export const StrategyEnum = wordEnum<'dna' | 's1' | 's2'>(
  'Strategy',
  "What enters a block while it is distilled: the ablation of DNA's paper.",
  {
    dna: "The teacher's features: every block learns independently.",
    s1: "The student's own earlier blocks, trained again from scratch with every block.",
    s2: "The student's own earlier blocks, kept frozen.",
  },
);

export const DistilLossEnum = wordEnum<'mse' | 'mseOverVariance' | 'noiseToSignal' | 'cosine'>(
  'DistilLoss',
  "Distance between the student's and the teacher's feature maps that a supernet learns to reduce.",
  {
    mse: "Mean squared error: the paper's.",
    mseOverVariance: "Mean squared error over the variance of the teacher's features.",
    noiseToSignal: 'Per channel, mean squared error over variance, then the mean (as SpaceEvo).',
    cosine: '1 − cosine, per image.',
  },
);

export const PathSamplingEnum = wordEnum<'uniform' | 'fair'>(
  'PathSampling',
  'How paths are drawn while a supernet learns.',
  {
    uniform: "One path per step, every op alike: the paper's.",
    fair: 'One permutation of the ops per layer; all its paths accumulate into one step.',
  },
);

export const RatingMeasureEnum = wordEnum<RatingMeasure>(
  'RatingMeasure',
  "What a path's loss is.",
  {
    relativeL1: "Mean |Ŷ − Y| over the deviation of the teacher's features Y: the paper's.",
    mseOverVariance: 'Mean squared error over the variance of Y.',
    cosine: '1 − cosine of Ŷ and Y, per image.',
    replaceKl:
      'The path takes the place of its block in the teacher: KL(teacher ‖ replaced) of the logits.',
    replaceError:
      'The path takes the place of its block in the teacher: share of images then classified wrong.',
  },
);

export const WeightInitEnum = wordEnum<'scratch' | 'supernet'>(
  'WeightInit',
  'Weights with which the training of a found network begins.',
  {
    scratch: 'Random ones, as the paper.',
    supernet:
      "Those cut out of the cells' supernets; between blocks the network then has the teacher's widths.",
  },
);

export const NormalisationEnum = wordEnum<'auto' | 'data' | 'imagenet'>(
  'Normalisation',
  'Mean and deviation with which images are normalised.',
  {
    auto: "ImageNet's for teachers from a file, else the data's.",
    data: "The training part's own.",
    imagenet: "ImageNet's.",
  },
);

export const FeatureTypeEnum = wordEnum<FeatureType>('FeatureType', 'How features are stored.', {
  f32: 'In 4 bytes a number, as they are computed.',
  f16: 'In 2 bytes, rounded to 11 significant bits; beyond ±65504 to that.',
});

export const OnOutOfMemoryEnum = wordEnum<SearchSpec['onOutOfMemory']>(
  'OnOutOfMemory',
  'What happens when a pass needs more memory than there is.',
  {
    halve:
      'Its step is done again with half as many images at once, down to one; a message says so, and ' +
      'the rest of the job goes on with that size.',
    fail: 'The job fails with OUT_OF_MEMORY.',
  },
);

export const EngineEnum = wordEnum<EngineName>('Engine', 'Tensor engine of a trainer.', {
  tensorflow: 'Native TensorFlow, on processors or on NVIDIA GPUs through CUDA.',
  webgpu: 'Any current GPU, through Vulkan, Metal or Direct3D 12.',
  wasm: 'WebAssembly with SIMD: on any machine.',
  cpu: 'Plain JavaScript: the reference, too slow to train with.',
});
