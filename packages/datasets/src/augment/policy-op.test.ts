import { createRandom } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { createCanvas } from './canvas.ts';
import { imagenetPolicy } from './imagenet-policy.ts';
import { applyPolicyOp, strengthOf } from './policy-op.ts';

test.each([
  ['rotate', 9, 27],
  ['shearX', 5, 0.15],
  ['shearY', 10, 0.3],
  ['translateX', 9, 0.405],
  ['posterize', 9, 3],
  ['posterize', 10, 4],
  ['posterizeGently', 8, 7],
  ['posterizeGently', 5, 6],
  ['solarize', 5, 128],
  ['solarize', 9, 230],
  ['solarizeAdd', 9, 99],
  ['colour', 0, 0.1],
  ['brightness', 5, 1],
  ['contrast', 9, 1.72],
  ['sharpness', 10, 1.9],
] as const)('%s at magnitude %d has strength %d', (op, magnitude, strength) => {
  expect(strengthOf(op, magnitude)).toBeCloseTo(strength, 12);
});

test('a rotation goes to either side about equally often', () => {
  const size = 9;
  const random = createRandom('sides');
  let left = 0;
  for (let i = 0; i < 400; i++) {
    const canvas = createCanvas(size);
    // One bright pixel at the top: counter-clockwise takes it to the left.
    canvas.pixels.fill(255, 4 * 3, 5 * 3);
    applyPolicyOp(canvas, 'rotate', 10, [0, 0, 0], random);
    const weight = (from: number, to: number) => {
      let sum = 0;
      for (let y = 0; y < size; y++)
        for (let x = from; x < to; x++) sum += canvas.pixels[(y * size + x) * 3] as number;
      return sum;
    };
    if (weight(0, 4) > weight(5, 9)) left++;
  }
  // 200 expected, deviation 10.
  expect(left).toBeGreaterThan(155);
  expect(left).toBeLessThan(245);
});

test("AutoAugment's policy has 25 pairs, with the paper's first and last", () => {
  expect(imagenetPolicy).toHaveLength(25);
  expect(imagenetPolicy[0]).toEqual([
    ['posterizeGently', 0.4, 8],
    ['rotate', 0.6, 9],
  ]);
  expect(imagenetPolicy[24]).toEqual([
    ['equalize', 0.8, 8],
    ['equalize', 0.6, 3],
  ]);
  for (const [, probability, magnitude] of imagenetPolicy.flat()) {
    // The paper searches eleven probabilities and ten magnitudes.
    expect(Number.isInteger(Math.round(probability * 1e9) / 1e8)).toBe(true);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(magnitude);
  }
});
