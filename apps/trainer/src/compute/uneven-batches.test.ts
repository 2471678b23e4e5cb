import { afterAll, beforeAll, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';

let tiny: TinyCompute;
beforeAll(async () => {
  tiny = await TinyCompute.open();
});
afterAll(async () => {
  await tiny.close();
});

test('a batch larger than the images is all of them, in parts of unlike sizes', async () => {
  const { listener, points } = tiny.recorder();
  // 48 images: parts of 16 where 20 are allowed at most.
  const request = await tiny.distilRequest({ batch: 8192, microBatch: 20 });
  const { steps } = await tiny.run('distil', request, { listener });
  expect(steps).toBe(2);
  expect(points.get('loss')?.map(({ step }) => step)).toEqual([1, 2]);
  const same = await tiny.distilRequest({ batch: 48, microBatch: 16 });
  const other = tiny.recorder();
  await tiny.run('distil', same, other);
  expect(other.points.get('loss')).toEqual(points.get('loss'));
});

test('the last batch of a rating may be smaller; each counts by its images, in parts too', async () => {
  const request = await tiny.distilRequest();
  const { weights } = await tiny.run('distil', request);
  const rate = (batch: number, microBatch: number | null) =>
    tiny.run('rate', {
      ...request,
      rating: { measure: 'cosine', batch, microBatch, calibrationImages: 16 },
      weights,
    });
  // 12 images at once; 5 + 5 + 2; the same in parts of 2 and 3, and 1 and 1. A cosine is an image's own.
  const [whole, uneven, parts] = [await rate(100, null), await rate(5, null), await rate(5, 3)];
  whole.losses.forEach((loss, path) => {
    expect(Math.abs((uneven.losses[path] ?? 0) / loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs((parts.losses[path] ?? 0) / loss - 1)).toBeLessThan(1e-5);
  });
});

test('a network is trained in batches larger than its images, in uneven parts', async () => {
  const { points, listener } = tiny.recorder();
  const trained = await tiny.run(
    'teacher',
    {
      data: tiny.data,
      plan: tiny.spec,
      origin: {
        kind: 'train',
        architecture: tiny.teacher.architecture,
        training: { recipe: 'small@1', epochs: 3, batch: 8192, microBatch: 7 },
      },
      seed: 1,
      onOutOfMemory: 'halve',
      checkpointEverySeconds: 60,
      resume: null,
    },
    { listener },
  );
  expect(points.get('loss')).toHaveLength(3);
  expect(points.get('accuracy')?.every(({ value }) => value >= 0 && value <= 1)).toBe(true);
  expect(trained.teacher.top1).toBeGreaterThanOrEqual(0);
});
