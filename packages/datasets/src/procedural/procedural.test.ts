import { expect, test } from 'vitest';
import type { ImageSet } from '../dataset.ts';
import {
  accuracy,
  leastSquares,
  nearestCentroid,
  pixelFeatures,
  standardise,
  textureFeatures,
} from './classifiers.fixture.ts';
import { loadProcedural, type ProceduralSource, proceduralClasses } from './procedural.ts';

const source: ProceduralSource = {
  kind: 'procedural',
  seed: 3,
  classes: 10,
  size: 32,
  trainPerClass: 4,
  testPerClass: 2,
};

test('the same numbers give the same images, another seed others', async () => {
  const first = await loadProcedural(source);
  const again = await loadProcedural(source);
  expect(Buffer.from(again.train.images).equals(first.train.images)).toBe(true);
  expect(again.info).toEqual(first.info);
  const other = await loadProcedural({ ...source, seed: 4 });
  expect(other.info.hash).not.toBe(first.info.hash);
});

test('these images have been the same since revision 1', async () => {
  expect((await loadProcedural(source)).info.hash).toBe(
    '39209a0f72b6777c0c1bf3bdf13b81c13c9b3ec33503e3eaef1579e574f89f47',
  );
});

test('a larger set begins with the smaller one, and parts share no image', async () => {
  const small = await loadProcedural(source);
  const large = await loadProcedural({ ...source, trainPerClass: 6 });
  const { length } = small.train.images;
  expect(Buffer.from(large.train.images.subarray(0, length)).equals(small.train.images)).toBe(true);
  const images = [...imagesOf(large.train), ...imagesOf(large.test)];
  expect(new Set(images).size).toBe(80);
});

test.each([2, 5, 10, 16])('%d classes are distinct and balanced', async (classes) => {
  const { info, train, test } = await loadProcedural({ ...source, classes, size: 16 });
  expect(new Set(info.classes).size).toBe(classes);
  for (const [set, perClass] of [
    [train, 4],
    [test, 2],
  ] as const) {
    const counts = info.classes.map(
      (_, label) => [...set.labels].filter((l) => l === label).length,
    );
    expect(counts).toEqual(new Array(classes).fill(perClass));
  }
});

test('no shape and no texture tells the class alone', () => {
  const classes = proceduralClasses(10);
  for (const aspect of ['shape', 'texture'] as const) {
    for (const value of new Set(classes.map((entry) => entry[aspect]))) {
      expect(classes.filter((entry) => entry[aspect] === value).length).toBeGreaterThan(1);
    }
  }
});

test('progress ends at the total and an abort stops the work', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const many = { ...source, trainPerClass: 1000, size: 16 };
  const loading = loadProcedural(many, {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(loading).rejects.toBe(reason);
  const seen: number[] = [];
  await loadProcedural(source, { onProgress: ({ done, total }) => seen.push(done / total) });
  expect(seen.at(-1)).toBe(1);
});

test('linear classifiers on pixels fail where texture features already help', async () => {
  const { train, test } = await loadProcedural({ ...source, trainPerClass: 50, testPerClass: 20 });
  const [pixels, testPixels] = [pixelFeatures(train), pixelFeatures(test)];
  const centroid = accuracy(nearestCentroid(pixels, train.labels, testPixels), test.labels);
  // Classes follow one another in turn, so the first rows are balanced; all of them would take long.
  const some = pixels.slice(0, 250);
  const linear = accuracy(leastSquares(some, train.labels, testPixels, 100), test.labels);
  expect(centroid).toBeLessThan(0.2);
  expect(linear).toBeLessThan(0.2);
  const [features, testFeatures] = standardise(textureFeatures(train), textureFeatures(test));
  const texture = accuracy(leastSquares(features, train.labels, testFeatures, 100), test.labels);
  expect(texture).toBeGreaterThan(Math.max(centroid, linear) + 0.08);
});

function imagesOf(set: ImageSet): string[] {
  const step = set.size * set.size * 3;
  return Array.from({ length: set.count }, (_, i) =>
    Buffer.from(set.images.subarray(i * step, (i + 1) * step)).toString('base64'),
  );
}
