import { expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';
import { allocateImages, checkClassCount, checkExtent } from './dataset.ts';

test('labels take 16 bits where there are more than 256 classes', () => {
  expect(allocateImages(2, 4, 256).labels).toBeInstanceOf(Uint8Array);
  const set = allocateImages(2, 4, 257);
  set.labels[1] = 256;
  expect([...set.labels]).toEqual([0, 256]);
});

test('the hash is one of content, not of storage', () => {
  const [narrow, wide] = [allocateImages(2, 4, 2), allocateImages(2, 4, 1000)];
  narrow.labels[1] = 1;
  wide.labels[1] = 1;
  const classes = ['a', 'b'];
  const hash = contentHash(classes, narrow, narrow);
  expect(contentHash(classes, wide, narrow)).toBe(hash);
  wide.labels[1] = 257;
  expect(contentHash(classes, wide, narrow)).not.toBe(hash);
});

test('a set that would not fit in memory is refused with its size', () => {
  expect(() => checkExtent(1_000_000, 32)).not.toThrow();
  expect(() => checkExtent(1_281_167, 224)).toThrow(
    expect.objectContaining({
      code: 'BAD_INPUT',
      path: ['dataset', 'size'],
      message: expect.stringMatching(/179\.\d GiB/),
    }),
  );
  expect(() => checkClassCount(70_000)).toThrow(/at most 65536/);
});
