import { builder } from './builder.ts';
import { ConstraintsInput } from './constraints.ts';
import { DatasetSourceInput } from './dataset-source.ts';
import { AugmentEnum } from './enums.ts';
import { classifierTrainingFields, TeacherInput } from './teacher-input.ts';

const DistilInput = builder.inputType('DistilInput', {
  description: "Training of each cell's supernet on the teacher's features.",
  fields: (t) => ({
    epochs: t.int({ defaultValue: 20, description: 'Passes over the training part, 1 to 10,000.' }),
    batch: t.int({ defaultValue: 64, description: 'Images per step, 2 to 4,096.' }),
    learningRate: t.floatList({
      defaultValue: [0.005],
      description:
        "Rate at the start: one value for all blocks, or one for each. DNA's released code: " +
        '0.002 for the first and the last block, 0.005 for the others.',
    }),
    decay: t.float({
      defaultValue: 0.9,
      description: "Factor on the rate in every epoch, above 0 up to 1. DNA's released code: 0.9.",
    }),
    augment: t.field({
      type: AugmentEnum,
      defaultValue: 'light',
      description: 'Random changes of training images.',
    }),
    augmentVariants: t.int({
      defaultValue: 2,
      description:
        'Fixed draws of the augmentation per image, 1 to 1,000: finitely many, so that teacher ' +
        'features can be cached.',
    }),
    checkpointEverySteps: t.int({
      defaultValue: 200,
      description: 'Steps between checkpoints; a killed job loses at most so many.',
    }),
  }),
});

const RatingInput = builder.inputType('RatingInput', {
  description: 'Rating of the paths of a cell.',
  fields: (t) => ({
    batch: t.int({ defaultValue: 64, description: 'Images per forward pass, 2 to 4,096.' }),
    calibrationImages: t.int({
      defaultValue: 128,
      description:
        'Clean training images from which batch-norm statistics are recalibrated, 2 to 4,096.',
    }),
  }),
});

const RetrainInput = builder.inputType('RetrainInput', {
  description: 'Training of the best networks from scratch, without the teacher.',
  fields: (t) => ({
    ...classifierTrainingFields(t),
    networks: t.int({
      defaultValue: 3,
      description: 'How many of the best networks are trained, 1 to 100.',
    }),
  }),
});

export const SearchSpecInput = builder.inputType('SearchSpecInput', {
  description:
    'Everything needed to run a search, and to run it again: with the same engine, the same ' +
    'specification gives the same ratings.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name for people, 1 to 120 characters.' }),
    seed: t.int({ defaultValue: 0, description: 'Seed of every random draw, 0 or more.' }),
    dataset: t.field({
      type: DatasetSourceInput,
      required: true,
      description: 'The labelled images.',
    }),
    ratingPerClass: t.int({
      defaultValue: 50,
      description:
        'Images per class, drawn from the training part, on which paths are rated and no cell ' +
        'trains; 1 to 10,000.',
    }),
    teacher: t.field({
      type: TeacherInput,
      required: true,
      description: 'The network whose features supervise every block.',
    }),
    space: t.string({ required: true, description: 'The search space, in its grammar.' }),
    distil: t.field({
      type: DistilInput,
      defaultValue: {},
      description: "Training of each cell's supernet.",
    }),
    rating: t.field({
      type: RatingInput,
      defaultValue: {},
      description: 'Rating of the paths of a cell.',
    }),
    constraints: t.field({
      type: ConstraintsInput,
      defaultValue: {},
      description: 'Budgets of the networks that are looked for.',
    }),
    retrain: t.field({
      type: RetrainInput,
      required: true,
      description: 'Training of the best networks from scratch.',
    }),
    featureCacheMegabytes: t.int({
      defaultValue: 4096,
      description:
        'Disk budget of a trainer for teacher features, megabytes. Features are computed once ' +
        'when all of them fit, else at every step.',
    }),
  }),
});
