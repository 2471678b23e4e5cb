import { expect, test } from 'vitest';
import { datasetSource } from './dataset.ts';

const procedural = { kind: 'procedural', trainPerClass: 10, testPerClass: 5 };

test('the procedural set has defaults for what need not be said', () => {
  expect(datasetSource.parse(procedural)).toEqual({
    ...procedural,
    seed: 0,
    classes: 10,
    size: 32,
  });
});

test.each([
  [{ ...procedural, classes: 17 }, 'classes'],
  [{ ...procedural, classes: 1 }, 'classes'],
  [{ ...procedural, seed: 0.5 }, 'seed'],
  [{ kind: 'imageFolder', path: ' ', size: 32 }, 'path'],
  [{ kind: 'imageFolder', path: '/data', size: 4 }, 'size'],
  [{ kind: 'cifar10' }, 'path'],
  [{ kind: 'tarball', path: '/data' }, 'kind'],
])('refuses %j at %s', (source, field) => {
  const { success, error } = datasetSource.safeParse(source);
  expect(success).toBe(false);
  expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

test('refuses a field that the source does not know', () => {
  expect(datasetSource.safeParse({ kind: 'cifar10', path: '/data', size: 32 }).success).toBe(false);
});
