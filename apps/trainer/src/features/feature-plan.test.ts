import { expect, test } from 'vitest';
import { tinyDistil, tinySpec } from '../testing/tiny-search.ts';
import { chunkName, type FeaturePlanOptions, planFeatures } from './feature-plan.ts';

const options: FeaturePlanOptions = {
  spec: tinySpec(),
  engine: { name: 'wasm', versions: { core: '4.22.0', node: '22.23.3' } },
  teacherSha256: 'teacher',
  datasetHash: 'images',
  normalisation: 'data',
  cuts: [
    { channels: 8, size: 4 },
    { channels: 12, size: 2 },
  ],
  counts: { fitting: 300, rating: 12, calibration: 16 },
};
const rowBytes = (8 * 16 + 12 * 4) * 4;

function planSet(changes: Partial<FeaturePlanOptions> = {}) {
  const plan = planFeatures({ ...options, ...changes });
  if (plan.kind !== 'set') throw new Error('the features fit');
  return plan;
}

function planWindows(changes: Parameters<typeof tinySpec>[0]) {
  const plan = planFeatures({ ...options, spec: tinySpec(changes) });
  if (plan.kind !== 'windows') throw new Error('the features do not fit');
  return plan;
}

test('every image of every group is planned once, and the bytes are counted', () => {
  const plan = planSet();
  expect(plan.chunks.map(chunkName)).toEqual([
    'calibration 0-16',
    'rating 0-12',
    'train-0 0-300',
    'train-1 0-300',
  ]);
  expect(plan.rows).toBe(628);
  expect(plan.bytes).toBe(628 * rowBytes);
});

test('large feature maps are planned in chunks of whole passes', () => {
  const plan = planSet({ cuts: [{ channels: 64, size: 56 }] });
  expect(plan.chunks.map(chunkName)).toContain('train-0 64-128');
  expect(plan.chunks.map(chunkName)).toContain('train-1 256-300');
});

test('features that do not fit the budget are planned in windows of whole batches', () => {
  // 628 rows of 704 bytes are 442 kB.
  expect(
    planFeatures({ ...options, spec: tinySpec({ features: { cacheMegabytes: 1 } }) }).kind,
  ).toBe('set');
  const large = Array.from({ length: 4 }, () => ({ channels: 8, size: 16 }));
  const plan = planFeatures({
    ...options,
    cuts: large,
    spec: tinySpec({ features: { cacheMegabytes: 16 } }),
  });
  // A sixteenth of the budget: one megabyte holds 30 rows of 32 kB, which is one batch of 16.
  expect(plan).toMatchObject({ kind: 'windows', rows: 16, budgetBytes: 16e6 });
});

test('without any budget a window is one batch', () => {
  expect(planWindows({ features: { cacheMegabytes: 0 } })).toMatchObject({
    rows: 16,
    budgetBytes: 0,
  });
});

test('a new draw in every epoch is planned in windows, since nothing is read twice', () => {
  const { rows } = planWindows({ distil: { ...tinyDistil, augmentVariants: null } });
  expect(rows % 16).toBe(0);
  expect(rows).toBeGreaterThan(16);
  const still = { ...tinyDistil, augment: 'none', augmentVariants: null } as const;
  expect(planFeatures({ ...options, spec: tinySpec({ distil: still }) }).kind).toBe('set');
});

test('cells that walk through other batches share no window', () => {
  const keys = [16, 8, 4].map(
    (batch) =>
      planWindows({ features: { cacheMegabytes: 0 }, distil: { ...tinyDistil, batch } }).key,
  );
  expect(new Set(keys).size).toBe(3);
});

test.each([
  ['engine', { engine: { ...options.engine, name: 'cpu' as const } }],
  ['version', { engine: { name: 'wasm' as const, versions: { core: '4.23.0', node: '22.23.3' } } }],
  ['teacher', { teacherSha256: 'other' }],
  ['images', { datasetHash: 'other' }],
  ['normalisation', { normalisation: 'imagenet' as const }],
  ['seed', { spec: tinySpec({ seed: 8 }) }],
  ['rating set', { spec: tinySpec({ ratingPerClass: 5 }) }],
  ['augmentation', { spec: tinySpec({ distil: { ...tinyDistil, augment: 'paper' } }) }],
  ['variants', { spec: tinySpec({ distil: { ...tinyDistil, augmentVariants: 3 } }) }],
])('another %s is another key', (_, change) => {
  expect(planSet(change).key).not.toBe(planSet().key);
});

test('what the features do not depend on does not change the key', () => {
  const spec = tinySpec({ name: 'other', rating: { batch: 4, calibrationImages: 16 } });
  const engine = { name: 'wasm' as const, versions: { node: '22.23.3', core: '4.22.0' } };
  expect(planSet({ spec, engine }).key).toBe(planSet().key);
});
