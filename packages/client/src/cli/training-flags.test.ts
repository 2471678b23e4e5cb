import { networkTraining } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { trainingFlags, trainingOf } from './training-flags.ts';

test('there is a flag for every field of a training', () => {
  const { globalDistil, ...own } = networkTraining.shape;
  const below = Object.keys(globalDistil.unwrap().unwrap().shape);
  expect(Object.keys(trainingFlags)).toHaveLength(Object.keys(own).length + below.length);
  expect(trainingFlags['learning-rate']).toMatchObject({ kind: 'number' });
  expect(trainingFlags.seeds).toMatchObject({ kind: 'whole' });
  expect(trainingFlags.recipe).toMatchObject({ kind: 'choice' });
});

test('what was given becomes the input, and nothing else', () => {
  expect(trainingOf({})).toEqual({});
  expect(
    trainingOf({
      recipe: 'timm-modern@1',
      epochs: 3,
      'learning-rate': 0.01,
      augment: 'randAugment',
      init: 'supernet',
      'global-distil-epochs': 2,
      'global-distil-temperature': 4,
      networks: 7,
    }),
  ).toEqual({
    recipe: 'timm-modern@1',
    epochs: 3,
    learningRate: 0.01,
    augment: 'RAND_AUGMENT',
    init: 'SUPERNET',
    globalDistil: { epochs: 2, temperature: 4 },
  });
});
