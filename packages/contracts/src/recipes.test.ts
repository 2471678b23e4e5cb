import { describe, expect, test } from 'vitest';
import { recipes } from './recipes.ts';
import { recipeDifferences, recipeOf, trainingSpec } from './training-spec.ts';

describe('published recipes', () => {
  test("are both columns of DNA's retraining: its script and what its authors say", () => {
    const both = {
      epochs: 500,
      warmupEpochs: 5,
      warmupFrom: 1e-4,
      optimizer: 'rmspropTf',
      momentum: 0.9,
      optimizerEpsilon: 1e-3,
      schedule: 'step',
      weightDecay: 1e-4,
      dropout: 0.2,
      dropPath: 0.2,
      labelSmoothing: 0.1,
      ema: 0.9998,
      imageSize: 224,
    };
    expect(recipes['dna-2020@1']).toMatchObject({
      ...both,
      batch: 128 * 8,
      learningRate: 0.064,
      decay: 0.963,
      decayEpochs: 3,
    });
    expect(recipes['dna-2020-authors@1']).toMatchObject({
      ...both,
      batch: 64 * 32 * 2,
      learningRate: 0.256,
      decay: 0.97,
      decayEpochs: 2.4,
      augment: 'autoAugment',
    });
  });

  test("are DNA's transfer to CIFAR", () => {
    expect(recipes['cifar-transfer@1']).toMatchObject({
      imageSize: 224,
      optimizer: 'sgd',
      learningRate: 0.06,
      batch: 1024,
      epochs: 80,
      augment: 'cutout',
    });
  });
});

describe('where a training departs from its recipe', () => {
  test('its own fields count, and only those that differ', () => {
    const training = trainingSpec.parse({ recipe: 'small@1', epochs: 3, batch: 64, seed: 9 });
    expect(recipeOf(training)).toMatchObject({ epochs: 3, batch: 64, seed: 9, imageSize: null });
    expect(recipeDifferences(training, 32)).toEqual([
      { field: 'epochs', recipe: 12, used: 3 },
      { field: 'seed', recipe: 0, used: 9 },
    ]);
  });

  test('the size of the images counts where the recipe is meant for one', () => {
    const training = trainingSpec.parse({ recipe: 'dna-2020@1' });
    expect(recipeDifferences(training, 224)).toEqual([]);
    expect(recipeDifferences(training, 32)).toEqual([
      { field: 'imageSize', recipe: 224, used: 32 },
    ]);
  });

  test('a training cannot set the size', () => {
    expect(trainingSpec.safeParse({ imageSize: 32 }).success).toBe(false);
  });
});
