import { searchSpec } from '@blockwise/contracts';
import { FeatureTypeEnum } from './spec-enums.ts';
import { specInputType } from './spec-fields.ts';

export const FeaturesInput = specInputType(
  'FeaturesInput',
  "How the teacher's features are computed and kept on a trainer's disk.",
  searchSpec.shape.features.unwrap(),
  {
    dtype: { description: 'How numbers are stored.', type: FeatureTypeEnum },
    cacheMegabytes:
      "Disk that the search may take of a trainer's cache, megabytes; the trainer may give it less. " +
      'What does not fit as a whole is computed in windows of consecutive batches.',
    microBatch: 'Images per pass of the teacher.',
  },
);
