import { expect, test } from 'vitest';
import { recipeLine, sharedRecipe } from './recipe-line.ts';

const recipe = { name: 'small@1' };
const plain = { init: 'SCRATCH', globalDistil: null } as const;
const epochs = { field: 'epochs', recipe: '12', used: '6' };
const seed = (used: number) => ({ field: 'seed', recipe: '0', used: String(used) });

test('a training as published names its recipe', () => {
  expect(recipeLine([{ seed: 0, recipe, ...plain, differences: [] }])).toBe('recipe small@1');
});

test('every difference is told with both values', () => {
  const rate = { field: 'learningRate', recipe: '0.006', used: '0.008' };
  expect(recipeLine([{ seed: 4, recipe, ...plain, differences: [epochs, rate, seed(4)] }])).toBe(
    'recipe small@1, epochs 6 instead of 12, learning rate 0.008 instead of 0.006, seed 4 instead of 0',
  );
});

test('several seeds are listed once, beside what all trainings share', () => {
  const trainings = [0, 1, 2].map((each) => ({
    seed: each,
    recipe,
    ...plain,
    differences: each === 0 ? [epochs] : [epochs, seed(each)],
  }));
  expect(recipeLine(trainings)).toBe('recipe small@1, epochs 6 instead of 12, seeds 0, 1, 2');
});

test('a network without a training has nothing to tell', () => {
  expect(recipeLine([])).toBe('');
});

test('trainings of several networks share their recipe whatever their seeds', () => {
  const trainings = [5, 9].map((each) => ({
    seed: each,
    recipe,
    ...plain,
    differences: [epochs, seed(each)],
  }));
  expect(sharedRecipe(trainings)).toBe('recipe small@1, epochs 6 instead of 12');
});

test('what happens before the training on labels is told too', () => {
  const more = { init: 'SUPERNET', globalDistil: { epochs: 2 } } as const;
  expect(recipeLine([{ seed: 0, recipe, ...more, differences: [] }])).toBe(
    'recipe small@1, begun with the supernets’ weights, distilled for 2 epochs',
  );
});
