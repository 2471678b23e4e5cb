import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRating } from './split.ts';

/** Labels of two to six classes, three to thirty images each, in any order. */
const labels = fc
  .array(fc.integer({ min: 3, max: 30 }), { minLength: 2, maxLength: 6 })
  .chain((counts) => {
    const flat = counts.flatMap((count, label) => new Array<number>(count).fill(label));
    return fc.shuffledSubarray(flat, { minLength: flat.length });
  })
  .map((values) => Uint8Array.from(values));
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const countPerClass = (all: Uint8Array | Uint16Array, positions: Iterable<number>) => {
  const counts = new Array<number>(Math.max(...all) + 1).fill(0);
  for (const position of positions) {
    const label = all[position] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  return counts;
};

test('the parts are disjoint, ascending and together the whole', () => {
  fc.assert(
    fc.property(labels, seed, fc.integer({ min: 1, max: 2 }), (all, seed, perClass) => {
      const { train, rating } = splitRating({ labels: all }, { perClass, seed });
      expect([...train, ...rating].sort((a, b) => a - b)).toEqual([...all.keys()]);
      for (const part of [train, rating])
        expect([...part]).toEqual([...part].sort((a, b) => a - b));
    }),
  );
});

test('perClass takes as many of every class', () => {
  fc.assert(
    fc.property(labels, seed, fc.integer({ min: 1, max: 2 }), (all, seed, perClass) => {
      const { rating } = splitRating({ labels: all }, { perClass, seed });
      expect(new Set(countPerClass(all, rating))).toEqual(new Set([perClass]));
    }),
  );
});

test('the seed decides', () => {
  const all = Uint8Array.from({ length: 300 }, (_, i) => i % 3);
  const draw = (seed: number) => [...splitRating({ labels: all }, { perClass: 20, seed }).rating];
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('every image is drawn about equally often', () => {
  const all = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const drawn = new Array<number>(20).fill(0);
  for (let seed = 0; seed < 1000; seed++) {
    for (const at of splitRating({ labels: all }, { perClass: 3, seed }).rating) {
      drawn[at] = (drawn[at] as number) + 1;
    }
  }
  // 300 expected of 1000, deviation 14.5.
  expect(Math.min(...drawn)).toBeGreaterThan(235);
  expect(Math.max(...drawn)).toBeLessThan(365);
});

test('a rating set that leaves nothing for training is refused', () => {
  const all = Uint8Array.from([0, 0, 0, 1, 1]);
  const refused = { code: 'BAD_INPUT', path: ['ratingPerClass'] };
  const attempt = (perClass: number) => () => splitRating({ labels: all }, { perClass, seed: 0 });
  expect(attempt(2)).toThrow(expect.objectContaining(refused));
  expect(attempt(1)().train).toHaveLength(3);
});

test('trap 3 of the released code, a rating set of the first 195 classes: ours has them all', () => {
  // ImageNet's 1000 classes, sorted by class as folders are listed, with 65 images each.
  const all = Uint16Array.from({ length: 65_000 }, (_, i) => Math.floor(i / 65));
  const perClass = splitRating({ labels: all }, { perClass: 50, seed: 0 }).rating;
  expect(new Set(countPerClass(all, perClass))).toEqual(new Set([50]));
  // Of those 50,000 the released code reads the first 9,728: 19 batches of 64 on 8 GPUs.
  const released = 19 * 64 * 8;
  expect(new Set(perClass.subarray(0, released).map((at) => all[at] as number)).size).toBe(195);
});
