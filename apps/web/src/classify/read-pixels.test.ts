import { expect, test } from 'vitest';
import { softmax } from './classifier.ts';
import { cutOut } from './read-pixels.ts';

test('an image is cut out of its sheet', () => {
  // 3 columns of 2 × 2 pixels; red tells the image.
  const [width, height] = [6, 4];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[4 * (y * width + x)] = 3 * (y >> 1) + (x >> 1);
  }
  const cut = cutOut({ data, width, height }, { size: 2, columns: 3 }, 4);
  expect([cut.width, cut.height]).toEqual([2, 2]);
  expect([0, 4, 8, 12].map((at) => cut.data[at])).toEqual([4, 4, 4, 4]);
});

test('shares sum to one, however large the logits', () => {
  const shares = softmax([1000, 1000, 990]);
  expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(shares[0]).toBeCloseTo(0.49998865, 6);
});
