import { builder } from './builder.ts';

const ProceduralDatasetInput = builder.inputType('ProceduralDatasetInput', {
  description: 'Images drawn by Blockwise itself: the same numbers give the same images.',
  fields: (t) => ({
    seed: t.int({ defaultValue: 0, description: 'Seed of the drawing, 0 or more.' }),
    classes: t.int({ defaultValue: 10, description: 'Classes, 2 to 16.' }),
    size: t.int({ defaultValue: 32, description: 'Height and width, 16 to 128 pixels.' }),
    trainPerClass: t.int({
      required: true,
      description: 'Training images of each class, 2 to 20,000.',
    }),
    testPerClass: t.int({ required: true, description: 'Test images of each class, 1 to 20,000.' }),
  }),
});

const ImageFolderDatasetInput = builder.inputType('ImageFolderDatasetInput', {
  description:
    'A folder with `train/<class>/*` and `test`, `val` or `validation` beside it; JPEG, PNG or ' +
    'WebP of any size.',
  fields: (t) => ({
    path: t.string({
      required: true,
      description: 'The folder, as the machines of the trainers see it.',
    }),
    size: t.int({
      required: true,
      description: 'Height and width to scale and centre-crop to, 8 to 1,024 pixels.',
    }),
  }),
});

const Cifar10DatasetInput = builder.inputType('Cifar10DatasetInput', {
  description: 'The binary version of CIFAR-10, 32 by 32 pixels.',
  fields: (t) => ({
    path: t.string({
      required: true,
      description:
        'The folder of `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, as the ' +
        'machines of the trainers see it.',
    }),
  }),
});

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
