import sharp from 'sharp';
import { expect, test } from 'vitest';
import { toSquare } from './resample.ts';

/** A picture with edges and slopes, the same at every run. */
function picture(width: number, height: number) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inDisc = Math.hypot(x - width / 2, y - height / 3) < Math.min(width, height) / 4;
      const at = 4 * (y * width + x);
      data[at] = inDisc ? 230 : (255 * x) / width;
      data[at + 1] = (x >> 3) % 2 === 0 ? 200 : 40;
      data[at + 2] = (255 * y) / height;
      data[at + 3] = 255;
    }
  }
  return { data, width, height };
}

/** What the platform makes of it (packages/datasets/src/folder/decode.ts). */
async function asDecoded({ data, width, height }: ReturnType<typeof picture>, size: number) {
  const image = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  const cover = { fit: 'cover', position: 'centre' } as const;
  if (size < 128) return image.resize(size, size, cover).raw().toBuffer();
  const scaled = Math.floor(size / 0.875);
  const border = Math.floor((scaled - size) / 2);
  return image
    .resize(scaled, scaled, { ...cover, kernel: 'cubic' })
    .extract({ left: border, top: border, width: size, height: size })
    .raw()
    .toBuffer();
}

test.each([
  [320, 240, 32],
  [200, 333, 64],
  [640, 480, 224],
  [300, 300, 224],
  [20, 30, 32],
  [90, 70, 128],
])('%d × %d to %d is what the platform makes of it', async (width, height, size) => {
  const source = picture(width, height);
  const own = toSquare(source, size);
  const theirs = await asDecoded(source, size);
  expect(own).toHaveLength(theirs.length);
  const differences = Array.from(own, (value, at) => Math.abs(value - (theirs[at] ?? 0)));
  const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
  expect(mean).toBeLessThan(1);
});

test('a picture of the right size keeps its pixels', () => {
  const source = picture(48, 48);
  const own = toSquare(source, 48);
  expect([...own.slice(0, 6)]).toEqual([0, 1, 2, 4, 5, 6].map((at) => source.data[at]));
});
