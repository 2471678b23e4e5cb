import { expect, test } from 'vitest';
import { tinySpec } from '../testing/tiny-search.ts';
import { chunkName, type FeaturePlanOptions, planFeatures } from './feature-plan.ts';

const options: FeaturePlanOptions = {
  spec: tinySpec(),
  engine: { name: 'wasm', versions: { core: '4.22.0', node: '22.23.3' } },
  teacherSha256: 'teacher',
  datasetHash: 'images',
  cuts: [
    { channels: 8, size: 4 },
    { channels: 12, size: 2 },
  ],
  counts: { fitting: 300, rating: 12, calibration: 16 },
};

test('every image of every group is planned once, and the bytes are counted', () => {
  const plan = planFeatures(options);
  expect(plan.chunks.map(chunkName)).toEqual([
    'calibration 0-16',
    'rating 0-12',
    'train-0 0-300',
    'train-1 0-300',
  ]);
  expect(plan.rows).toBe(628);
  expect(plan.bytes).toBe(628 * (8 * 16 + 12 * 4) * 4);
});

test('large feature maps are planned in chunks of whole batches', () => {
  const plan = planFeatures({ ...options, cuts: [{ channels: 64, size: 56 }] });
  expect(plan.chunks.map(chunkName)).toContain('train-0 64-128');
  expect(plan.chunks.map(chunkName)).toContain('train-1 256-300');
});

test.each([
  ['engine', { engine: { ...options.engine, name: 'cpu' as const } }],
  ['version', { engine: { name: 'wasm' as const, versions: { core: '4.23.0', node: '22.23.3' } } }],
  ['teacher', { teacherSha256: 'other' }],
  ['images', { datasetHash: 'other' }],
  ['seed', { spec: tinySpec({ seed: 8 }) }],
  ['rating set', { spec: tinySpec({ ratingPerClass: 5 }) }],
  ['augmentation', { spec: tinySpec({ distil: { augment: 'none' } }) }],
  ['variants', { spec: tinySpec({ distil: { augmentVariants: 3 } }) }],
])('another %s is another key', (_, change) => {
  expect(planFeatures({ ...options, ...change }).key).not.toBe(planFeatures(options).key);
});

test('what the features do not depend on does not change the key', () => {
  const spec = tinySpec({ name: 'other', rating: { batch: 4, calibrationImages: 16 } });
  const engine = { name: 'wasm' as const, versions: { node: '22.23.3', core: '4.22.0' } };
  expect(planFeatures({ ...options, spec, engine }).key).toBe(planFeatures(options).key);
});
