import { expect, test } from 'vitest';
import { toInputForm } from './input-form.ts';
import { presets } from './presets.ts';
import { searchSpec } from './search-spec.ts';

test('kinds become keys, words upper case, one value for all blocks a list', () => {
  const spec = presets.demo();
  const input = toInputForm(searchSpec, {
    ...spec,
    normalisation: 'imagenet',
    rating: { measure: 'replaceKl' },
    retrain: { recipe: 'timm-modern@1', augment: 'none', globalDistil: { epochs: 2 } },
    distil: { learningRate: 0.01, epochs: [1, 2, 3], earlyStop: {}, augmentVariants: null },
  });
  const { kind: _, ...dataset } = spec.dataset;
  expect(input).toMatchObject({
    name: 'demo',
    dataset: { procedural: dataset },
    teacher: { train: { training: { epochs: 6 } } },
    normalisation: 'IMAGENET',
    rating: { measure: 'REPLACE_KL' },
    retrain: { recipe: 'timm-modern@1', augment: 'NONE', globalDistil: { epochs: 2 } },
    distil: { learningRate: [0.01], epochs: [1, 2, 3], earlyStop: {}, augmentVariants: null },
  });
});

test('what the specification leaves out is left to the server', () => {
  const { distil: _, ...spec } = presets.demo();
  expect(toInputForm(searchSpec, { ...spec, seed: undefined })).not.toHaveProperty('distil');
  expect(toInputForm(searchSpec, { ...spec, seed: undefined })).not.toHaveProperty('seed');
});
