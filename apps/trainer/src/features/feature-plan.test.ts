import { expect, test } from 'vitest';
import { groupName } from '../compute/feature-groups.ts';
import { tinyDistil, tinySpec } from '../testing/tiny-search.ts';
import { chunkName, type FeaturePlanOptions, planFeatures } from './feature-plan.ts';

const options: FeaturePlanOptions = {
  spec: tinySpec(),
  engine: { name: 'wasm', device: 'SIMD', versions: { core: '4.22.0', node: '22.23.3' } },
  teacherSha256: 'teacher',
  datasetHash: 'images',
  normalisation: 'data',
  cuts: [
    { channels: 8, size: 4 },
    { channels: 12, size: 2 },
  ],
  counts: { fitting: 300, rating: 12, calibration: 16 },
  cacheBytes: 1e9,
};
// Numbers of 4 bytes, and a checksum at each cut.
const rowBytes = (8 * 16 + 12 * 4 + 2) * 4;

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

const files = (changes: Partial<FeaturePlanOptions> = {}) =>
  planSet(changes).groups.flatMap((group) => group.files);

test.each([
  ['engine', { engine: { ...options.engine, name: 'cpu' as const } }],
  ['device', { engine: { ...options.engine, device: 'another' } }],
  ['version', { engine: { ...options.engine, versions: { core: '4.23.0', node: '22.23.3' } } }],
  ['teacher', { teacherSha256: 'other' }],
  ['images', { datasetHash: 'other' }],
  ['normalisation', { normalisation: 'imagenet' as const }],
  ['seed', { spec: tinySpec({ seed: 8 }) }],
  ['rating set', { spec: tinySpec({ ratingPerClass: 5 }) }],
  ['type', { spec: tinySpec({ features: { dtype: 'f16' } }) }],
  ['size of passes', { spec: tinySpec({ features: { microBatch: 32 } }) }],
])('another %s has no file in common', (_, change) => {
  expect(files(change).filter((name) => files().includes(name))).toEqual([]);
});

test('searches share the files whose images and draws are the same', () => {
  const shared = (changes: Parameters<typeof tinySpec>[0]) =>
    planSet({ spec: tinySpec(changes) })
      .groups.filter((group) => group.files.every((name) => files().includes(name)))
      .map(({ group }) => groupName(group));
  const all = ['calibration', 'rating', 'train-0', 'train-1'];
  expect(shared({ name: 'other', rating: { batch: 4, calibrationImages: 16 } })).toEqual(all);
  expect(shared({ distil: { ...tinyDistil, epochs: 9, batch: 8 } })).toEqual(all);
  expect(shared({ rating: { calibrationImages: 20 } })).toEqual(['rating', 'train-0', 'train-1']);
  expect(shared({ distil: { ...tinyDistil, augment: 'paper' } })).toEqual([
    'calibration',
    'rating',
  ]);
  expect(shared({ distil: { ...tinyDistil, augmentVariants: 3 } })).toEqual(all);
  const engine = { ...options.engine, versions: { node: '22.23.3', core: '4.22.0' } };
  expect(files({ engine })).toEqual(files());
});

test('the trainer may give less disk than the search asks for', () => {
  expect(planFeatures({ ...options, cacheBytes: 4e5 })).toMatchObject({
    kind: 'windows',
    budgetBytes: 4e5,
  });
});

test('f16 takes half, but for the checksums', () => {
  const { bytes } = planSet({ spec: tinySpec({ features: { dtype: 'f16' } }) });
  expect(bytes).toBe(628 * (2 * (8 * 16 + 12 * 4) + 8));
});
