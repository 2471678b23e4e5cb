import { expect, test } from 'vitest';
import { fillBatch } from './fill-batch.ts';
import { normalisationOf } from './normalisation.ts';

const info = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const satisfies Parameters<
  typeof normalisationOf
>[0];

test("ImageNet's choice gives what torchvision's documented transform gives", () => {
  const pixel = { count: 1, size: 1, images: Uint8Array.of(255, 0, 128), labels: Uint8Array.of(0) };
  const normalised = (choice: 'data' | 'imagenet') => {
    const out = new Float32Array(3);
    fillBatch(pixel, [0], normalisationOf(info, choice), { augment: 'none' }, out);
    return [...out];
  };
  // (1 - 0.485) / 0.229, (0 - 0.456) / 0.224, (128 / 255 - 0.406) / 0.225
  [2.2489083, -2.0357143, 0.4264924].forEach((value, channel) => {
    expect(normalised('imagenet')[channel]).toBeCloseTo(value, 6);
  });
  [2, -2, 0.0078431].forEach((value, channel) => {
    expect(normalised('data')[channel]).toBeCloseTo(value, 6);
  });
});
