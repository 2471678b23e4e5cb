import { builder } from './builder.ts';
import { DatasetObject } from './refs.ts';
import { SampleSheetObject } from './sample-sheet.ts';
import { searchParts } from './search-parts.ts';

const RejectedFileObject = builder
  .objectRef<{ file: string; reason: string }>('RejectedFile')
  .implement({
    description: 'An image file that did not decode and was left out.',
    fields: (t) => ({
      file: t.exposeString('file', { description: "The file's path inside the data folder." }),
      reason: t.exposeString('reason', { description: 'Why it was left out.' }),
    }),
  });

builder.node(DatasetObject, {
  description: 'The labelled images that a search works on, as its teacher job read them.',
  id: { resolve: ({ searchId }) => searchId },
  loadWithoutCache: (id, { loaders }) => loaders.dataset.load(id),
  fields: (t) => ({
    ...searchParts(t),
    kind: t.exposeString('kind', {
      description: 'Where the images come from: `procedural`, `imageFolder` or `cifar10`.',
    }),
    hash: t.exposeString('hash', {
      description:
        'SHA-256 (hex) of decoded pixels, labels and class list: the same images have the same ' +
        'hash wherever they lie.',
    }),
    classes: t.exposeStringList('classes', { description: 'Names of the classes by label.' }),
    size: t.exposeInt('size', { description: 'Height and width of an image, pixels.' }),
    trainCount: t.exposeInt('trainCount', { description: 'Images of the training part.' }),
    testCount: t.exposeInt('testCount', {
      description: 'Images of the test part, touched by final evaluation only.',
    }),
    testPart: t.exposeString('testPart', {
      description:
        'Where the test part was found: the folder `test`, `val` or `validation` of an image ' +
        'folder, the file `test_batch.bin` of CIFAR-10, `generated` for procedural images.',
    }),
    mean: t.floatList({
      description: 'Mean of red, green and blue over the training part, 0 to 1.',
      resolve: (dataset) => dataset.mean,
    }),
    std: t.floatList({
      description: 'Population standard deviation, like `mean`.',
      resolve: (dataset) => dataset.std,
    }),
    samples: t.field({
      type: SampleSheetObject,
      nullable: true,
      description:
        'Images of the test part to look at, the first ones of every class; null for data sets that ' +
        'were read before any were kept.',
      resolve: ({ samples, size }) => samples && { ...samples, size },
    }),
    rejected: t.field({
      type: [RejectedFileObject],
      description: 'Files that did not decode and were left out.',
      resolve: (dataset) => dataset.rejected,
    }),
  }),
});
