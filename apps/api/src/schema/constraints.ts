import { searchSpec } from '@blockwise/contracts';
import { EngineEnum } from './spec-enums.ts';
import { specInputType } from './spec-fields.ts';

const constraints = searchSpec.shape.constraints.unwrap();

const BoundInput = specInputType(
  'BoundInput',
  'An inclusive range; an absent side is open.',
  constraints.shape.params.unwrap(),
  { min: 'Least allowed value.', max: 'Greatest allowed value.' },
);

export const ConstraintsInput = specInputType(
  'ConstraintsInput',
  'Budgets of a network; all of them hold together.',
  constraints,
  {
    params: { description: 'Learnable scalars.', type: BoundInput },
    macs: { description: 'Multiply-accumulates per image.', type: BoundInput },
    flopsTool: {
      description: "The cost in the convention of the DNA paper's tables.",
      type: BoundInput,
    },
    activationBytes: {
      description: 'Bytes of all feature maps of one image, what a training keeps.',
      type: BoundInput,
    },
    latencyMs: {
      description: 'Milliseconds for one image; needs a measured latency table.',
      type: BoundInput,
    },
  },
);

export const SolveSpecInput = specInputType(
  'SolveSpecInput',
  'What the exact search looks for.',
  searchSpec.shape.solve.unwrap(),
  {
    lambdas: "Weight λ of each block's loss, one for every block; all 1 if not given.",
    minDistance: 'Least number of layers in which any two of the networks found differ.',
  },
);

export const LatencyInput = specInputType(
  'LatencyInput',
  'Measures the latency of every layer of the space, at every width that can enter it, on a trainer.',
  searchSpec.shape.latency.unwrap().unwrap(),
  {
    engine: {
      description: 'Engine of the trainer; whichever takes the job if not given.',
      type: EngineEnum,
    },
    batch: 'Images per timed pass.',
    repeats: 'Timed passes per layer; the median counts.',
  },
);
