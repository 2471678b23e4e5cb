import { searchSpec } from '@blockwise/contracts';
import { builder } from './builder.ts';
import { specInputType } from './spec-fields.ts';

const [procedural, imageFolder, cifar10] = searchSpec.shape.dataset.options;
const kind = { kind: true } as const;

const ProceduralDatasetInput = specInputType(
  'ProceduralDatasetInput',
  'Images drawn by Blockwise itself: the same numbers give the same images.',
  procedural.omit(kind),
  {
    seed: 'Seed of the drawing.',
    classes: 'Classes.',
    size: 'Height and width, pixels.',
    trainPerClass: 'Training images of each class.',
    testPerClass: 'Test images of each class.',
  },
);

const ImageFolderDatasetInput = specInputType(
  'ImageFolderDatasetInput',
  'A folder with `train/<class>/*` and `test`, `val` or `validation` beside it; JPEG, PNG or WebP ' +
    'of any size.',
  imageFolder.omit(kind),
  {
    path: 'The folder, as the machines of the trainers see it.',
    size: 'Height and width to scale and centre-crop to, pixels.',
  },
);

const Cifar10DatasetInput = specInputType(
  'Cifar10DatasetInput',
  'The binary version of CIFAR-10, 32 by 32 pixels.',
  cifar10.omit(kind),
  {
    path:
      'The folder of `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, as the ' +
      'machines of the trainers see it.',
  },
);

export const DatasetSourceInput = builder.inputType('DatasetSourceInput', {
  isOneOf: true,
  description: 'Where the labelled images come from: exactly one of these.',
  fields: (t) => ({
    procedural: t.field({
      type: ProceduralDatasetInput,
      description: 'Images drawn by Blockwise.',
    }),
    imageFolder: t.field({
      type: ImageFolderDatasetInput,
      description: 'A folder of image files by class.',
    }),
    cifar10: t.field({ type: Cifar10DatasetInput, description: "CIFAR-10's binary files." }),
  }),
});
