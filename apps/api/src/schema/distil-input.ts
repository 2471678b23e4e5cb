import { searchSpec } from '@blockwise/contracts';
import {
  AugmentEnum,
  DistilLossEnum,
  OptimizerEnum,
  PathSamplingEnum,
  RatingMeasureEnum,
  ScheduleEnum,
  StrategyEnum,
} from './spec-enums.ts';
import { specInputType } from './spec-fields.ts';

const distil = searchSpec.shape.distil.unwrap();

const EarlyStopInput = specInputType(
  'EarlyStopInput',
  "Ends a cell's training when its rating loss stays on a plateau.",
  distil.shape.earlyStop.unwrap().unwrap(),
  {
    patienceEpochs: 'Epochs without a fall of the rating loss after which training ends.',
    minImprovement: 'Least fall that counts, as a share of the best loss.',
  },
);

const DivergenceInput = specInputType(
  'DivergenceInput',
  'What counts as diverged, and what happens then.',
  distil.shape.divergence.unwrap(),
  {
    explodesAt:
      "A loss of so many times the median of the first epoch's first 20 steps counts as diverged, as NaN does.",
    retryRate:
      'Starts the cell once more, at this share of its learning rate. It fails if not given.',
  },
);

export const DistilInput = specInputType(
  'DistilInput',
  "Training of each cell's supernet on the teacher's features. Defaults are those of DNA's released " +
    'code (searching/initialize/train_pipeline.yaml) where it has the field.',
  distil,
  {
    strategy: { description: 'What enters a block.', type: StrategyEnum },
    poolSize: 'Of S1 and S2: earlier blocks run with a path drawn from so many of their best.',
    loss: { description: 'What the supernet learns to reduce.', type: DistilLossEnum },
    sampling: { description: 'How paths are drawn.', type: PathSamplingEnum },
    epochs: 'Passes over the training part.',
    batch: 'Images per step.',
    microBatch:
      'Images per forward pass; a larger batch is accumulated from several. The whole batch if not given.',
    learningRate:
      'Rate at the start; if not given, 0.002 for the first and the last block and 0.005 between.',
    optimizer: { description: 'How weights follow gradients.', type: OptimizerEnum },
    momentum: 'Of SGD and RMSprop; β₁ of the Adams.',
    optimizerEpsilon: "Added to the optimiser's divisor.",
    weightDecay: 'Not on biases and normalisation.',
    schedule: { description: 'How the rate falls.', type: ScheduleEnum },
    decay: 'Of the schedule STEP: factor on the rate in every epoch, the first included.',
    warmupEpochs: 'Epochs of a linear warm-up.',
    augment: { description: 'Random changes of training images.', type: AugmentEnum },
    augmentVariants:
      'Draws of the augmentation per image, used in turn: finitely many let teacher features be ' +
      'cached. A new draw in every epoch if not given.',
    earlyStop: {
      description: "Ends a cell's training on a plateau of its rating loss. Not if not given.",
      type: EarlyStopInput,
    },
    divergence: { description: 'What happens when a loss explodes.', type: DivergenceInput },
    checkpointEverySteps: 'Steps between checkpoints; a killed job loses at most so many.',
  },
);

export const RatingInput = specInputType(
  'RatingInput',
  'Rating of the paths of a cell.',
  searchSpec.shape.rating.unwrap(),
  {
    measure: { description: "What a path's loss is.", type: RatingMeasureEnum },
    batch: 'Images per forward pass; the confidence interval comes from the batches.',
    microBatch:
      'Images of a batch that are rated at once; the ratings are the same, but for rounding. All if ' +
      'not given.',
    calibrationImages:
      'Clean training images from which batch-norm statistics are recalibrated for every path.',
  },
);
