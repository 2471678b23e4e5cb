import { networkTraining, recipeNames, searchSpec, trainingSpec } from '@blockwise/contracts';
import { recipeFields } from './recipe-fields.ts';
import { AugmentEnum, OptimizerEnum, ScheduleEnum, WeightInitEnum } from './spec-enums.ts';
import { specInputType, type Told } from './spec-fields.ts';

const { imageSize: _, ...told } = recipeFields;

/** Every field of a recipe, as an override of it; the size of the images is the data's. */
const overrides = {
  ...told,
  optimizer: { description: recipeFields.optimizer, type: OptimizerEnum },
  schedule: { description: recipeFields.schedule, type: ScheduleEnum },
  augment: { description: recipeFields.augment, type: AugmentEnum },
} satisfies Record<keyof typeof told, Told>;

const training = {
  recipe:
    'Name and version of the published recipe whose values count where this input gives none: ' +
    `${recipeNames.join(', ')}. The query \`recipes\` shows them.`,
  microBatch:
    'Images per forward pass; a larger batch is accumulated from several. The whole batch if not given.',
  ...overrides,
};

export const TrainingInput = specInputType(
  'TrainingInput',
  'Training on labels: a published recipe, and the fields that differ from it.',
  trainingSpec,
  training,
);

const GlobalDistilInput = specInputType(
  'GlobalDistilInput',
  'A short distillation of the whole network from the teacher: cosine of the features after every ' +
    'block and KL of the logits (as Puzzle).',
  networkTraining.shape.globalDistil.unwrap().unwrap(),
  {
    epochs: 'Passes over the training part.',
    learningRate: 'Learning rate.',
    featureWeight:
      'Weight of the features; above 0 only with `init: SUPERNET`, whose widths between blocks ' +
      "are the teacher's.",
    logitWeight: 'Weight of the logits.',
    temperature: 'Of the logits.',
  },
);

const ofNetworks = {
  ...training,
  seeds: 'Trainings with different seeds; their mean and deviation are shown.',
  init: { description: 'Weights to begin with.', type: WeightInitEnum },
  globalDistil: {
    description:
      'A distillation before the training on labels; with 0 epochs of that, in place of it. None if ' +
      'not given.',
    type: GlobalDistilInput,
  },
} as const;

export const NetworkTrainingInput = specInputType(
  'NetworkTrainingInput',
  'How a network of the space is trained and tested.',
  networkTraining,
  ofNetworks,
);

export const RetrainInput = specInputType(
  'RetrainInput',
  'Training of the best networks, and their test.',
  searchSpec.shape.retrain,
  { ...ofNetworks, networks: 'How many of the best networks are trained.' },
);
