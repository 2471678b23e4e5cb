import { recipeOf } from '@blockwise/contracts';
import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import { messagesOf } from '../messages/catalogue.ts';
import { recipeLine, sharedRecipe } from './recipe-words.ts';

const sayIn = (locale: 'en' | 'ja') =>
  createTranslator({ locale, messages: messagesOf(locale), namespace: 'recipe' });
const say = sayIn('en');

const recipe = { name: 'small@1' };
const plain = { init: 'SCRATCH', globalDistil: null } as const;
const epochs = { field: 'epochs', recipe: '12', used: '6' };
const seed = (used: number) => ({ field: 'seed', recipe: '0', used: String(used) });

test('a training as published names its recipe', () => {
  expect(recipeLine(say, [{ seed: 0, recipe, ...plain, differences: [] }])).toBe('recipe small@1');
});

test('every difference is told with both values', () => {
  const rate = { field: 'learningRate', recipe: '0.006', used: '0.008' };
  expect(
    recipeLine(say, [{ seed: 4, recipe, ...plain, differences: [epochs, rate, seed(4)] }]),
  ).toBe(
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
  expect(recipeLine(say, trainings)).toBe('recipe small@1, epochs 6 instead of 12, seeds 0, 1, 2');
});

test('a network without a training has nothing to tell', () => {
  expect(recipeLine(say, [])).toBe('');
});

test('trainings of several networks share their recipe whatever their seeds', () => {
  const trainings = [5, 9].map((each) => ({
    seed: each,
    recipe,
    ...plain,
    differences: [epochs, seed(each)],
  }));
  expect(sharedRecipe(say, trainings)).toBe('recipe small@1, epochs 6 instead of 12');
});

test('what happens before the training on labels is told too', () => {
  const more = { init: 'SUPERNET', globalDistil: { epochs: 2 } } as const;
  expect(recipeLine(say, [{ seed: 0, recipe, ...more, differences: [] }])).toBe(
    'recipe small@1, begun with the supernets’ weights, distilled for 2 epochs',
  );
});

test.each(['en', 'ja'] as const)('%s has a word for every field of a recipe', (locale) => {
  for (const field of Object.keys(recipeOf({ recipe: 'small@1', microBatch: null }))) {
    expect(sayIn(locale).has(`field.${field}` as 'field.epochs'), field).toBe(true);
  }
  const rate = { field: 'learningRate', recipe: '0.006', used: '0.008' };
  const line = recipeLine(sayIn(locale), [{ seed: 0, recipe, ...plain, differences: [rate] }]);
  expect(line).toContain(locale === 'en' ? 'learning rate 0.008' : '学習率 0.008');
});
