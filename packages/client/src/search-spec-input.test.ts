import { presets } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { toSearchSpecInput } from './search-spec-input.ts';

test('kinds become keys, enum words upper case, one learning rate a list', () => {
  const spec = presets.demo();
  const input = toSearchSpecInput({
    ...spec,
    dataset: { kind: 'procedural', classes: 4, trainPerClass: 8, testPerClass: 2 },
    retrain: { ...spec.retrain, augment: 'none' },
    distil: { learningRate: 0.01, augment: 'light' },
  });
  expect(input.dataset).toEqual({
    procedural: { classes: 4, trainPerClass: 8, testPerClass: 2 },
  });
  expect(Object.keys(input.teacher)).toEqual(['train']);
  expect(input.retrain.augment).toBe('NONE');
  expect(input.distil).toEqual({ learningRate: [0.01], augment: 'LIGHT' });
  expect(input.space).toBe(spec.space);
});

test('a list of learning rates, an image folder and an earlier teacher pass through', () => {
  const input = toSearchSpecInput({
    ...presets.cifar10('/data/cifar'),
    teacher: { kind: 'search', searchId: 'abc' },
    distil: { learningRate: [0.002, 0.005] },
  });
  expect(input.dataset).toEqual({ imageFolder: { path: '/data/cifar', size: 32 } });
  expect(input.teacher).toEqual({ search: { searchId: 'abc' } });
  expect(input.distil).toEqual({ learningRate: [0.002, 0.005] });
});

test('what the specification leaves out is left to the server', () => {
  const { distil: _, constraints: __, ...spec } = presets.demo();
  const input = toSearchSpecInput(spec);
  expect(input).not.toHaveProperty('distil');
  expect(input).not.toHaveProperty('constraints');
  expect(input.retrain).not.toHaveProperty('augment');
});
