import { searchSpec } from '@blockwise/contracts';
import { ConstraintsInput, LatencyInput, SolveSpecInput } from './constraints.ts';
import { DatasetSourceInput } from './dataset-source.ts';
import { DistilInput, RatingInput } from './distil-input.ts';
import { FeaturesInput } from './features-input.ts';
import { NormalisationEnum, OnOutOfMemoryEnum } from './spec-enums.ts';
import { specInputType } from './spec-fields.ts';
import { TeacherInput } from './teacher-input.ts';
import { RetrainInput } from './training-input.ts';

export const SearchSpecInput = specInputType(
  'SearchSpecInput',
  'Everything needed to run a search, and to run it again: with the same engine, the same ' +
    'specification gives the same ratings.',
  searchSpec,
  {
    name: 'Name for people.',
    seed: 'Seed of every random draw.',
    dataset: { description: 'The labelled images.', type: DatasetSourceInput },
    normalisation: {
      description: 'Mean and deviation with which images are normalised.',
      type: NormalisationEnum,
    },
    ratingPerClass:
      'Images per class, drawn from the training part, on which paths are rated and no cell trains.',
    teacher: {
      description: 'The network whose features supervise every block.',
      type: TeacherInput,
    },
    space: {
      description:
        'The search space in its grammar, or the name of a preset such as `dna-multi` (the query ' +
        '`spacePresets` lists them; `describeSpace` turns YAML and JSON into the grammar). Needed ' +
        'where no saved space is named.',
      type: 'String',
      isOptional: true,
    },
    distil: { description: "Training of each cell's supernet.", type: DistilInput },
    rating: { description: 'Rating of the paths of a cell.', type: RatingInput },
    constraints: {
      description: 'Budgets of the networks that are looked for.',
      type: ConstraintsInput,
    },
    solve: { description: 'What the exact search looks for.', type: SolveSpecInput },
    latency: {
      description:
        'Measures latencies before the networks are chosen; needed for a bound on latency. Not ' +
        'measured if not given.',
      type: LatencyInput,
    },
    retrain: { description: 'Training of the best networks.', type: RetrainInput },
    features: {
      description: "How the teacher's features are computed and kept.",
      type: FeaturesInput,
    },
    onOutOfMemory: {
      description: 'What happens when a pass needs more memory than there is.',
      type: OnOutOfMemoryEnum,
    },
  },
);
