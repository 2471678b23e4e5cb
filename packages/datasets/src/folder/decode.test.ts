import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { busyJpeg, busyPixels, plain, png } from '../temp-folder.fixture.ts';
import { decodeImage, isOutOfMemory } from './decode.ts';

async function pixels(file: Uint8Array, size: number): Promise<Uint8Array> {
  const decoded = await decodeImage(file, size);
  if (decoded.kind === 'rejected') throw new Error(decoded.reason);
  return decoded.pixels;
}

/** Colour of one pixel. */
async function colourAt(file: Uint8Array, size: number, x: number, y: number) {
  return [...(await pixels(file, size)).subarray((y * size + x) * 3, (y * size + x) * 3 + 3)];
}

test('a PNG of the right size gives back its very pixels', async () => {
  const raw = busyPixels(32, 32);
  const file = await sharp(raw, { raw: { width: 32, height: 32, channels: 3 } })
    .png()
    .toBuffer();
  expect(Buffer.from(await pixels(file, 32)).equals(raw)).toBe(true);
});

test('a JPEG of the right size is decoded and not resampled', async () => {
  const file = await busyJpeg(32, 32);
  expect(Buffer.from(await pixels(file, 32)).equals(await sharp(file).raw().toBuffer())).toBe(true);
});

test('another shape is scaled to cover the square and cut to its centre', async () => {
  const right = await plain(20, 20, '#00ff00').png().toBuffer();
  const file = await plain(60, 20, '#ff0000')
    .composite([{ input: right, left: 20, top: 0 }])
    .png()
    .toBuffer();
  expect(await colourAt(file, 10, 1, 5)).toEqual([0, 255, 0]);
  expect(await colourAt(file, 10, 8, 5)).toEqual([0, 255, 0]);
  expect(await pixels(await png('#123456', 4), 16)).toHaveLength(16 * 16 * 3);
});

test('from 128 pixels on an eighth of the shorter side is left out, as in ImageNet evaluation', async () => {
  const raw = busyPixels(300, 256);
  const file = await sharp(raw, { raw: { width: 300, height: 256, channels: 3 } })
    .png()
    .toBuffer();
  // Scaled to 256, which it is already, and cut to 224: 16 rows and 22 + 16 columns are left out.
  const decoded = await pixels(file, 224);
  for (const row of [0, 111, 223]) {
    const start = ((row + 16) * 300 + 38) * 3;
    const expected = raw.subarray(start, start + 224 * 3);
    expect(Buffer.from(decoded.subarray(row * 224 * 3, (row + 1) * 224 * 3))).toEqual(expected);
  }
});

test('below 128 pixels the whole shorter side is kept', async () => {
  const inner = await plain(100, 100, '#00ff00').png().toBuffer();
  const file = await plain(128, 128, '#ff0000')
    .composite([{ input: inner, left: 14, top: 14 }])
    .png()
    .toBuffer();
  expect(await colourAt(file, 127, 1, 1)).toEqual([255, 0, 0]);
  // A picture of the right size stays whole in any case.
  expect(await colourAt(file, 128, 1, 1)).toEqual([255, 0, 0]);
  const twice = await sharp(file).resize(256, 256, { kernel: 'nearest' }).png().toBuffer();
  // 146 pixels, of which 9 on each side are left out; 16 are red.
  expect(await colourAt(twice, 128, 4, 64)).toEqual([255, 0, 0]);
  expect(await colourAt(twice, 128, 10, 64)).toEqual([0, 255, 0]);
});

/** Weights of the pixels of a line of `length` that make pixel `x` of a shorter line. */
function cubicWeights(
  x: number,
  length: number,
  shorter: number,
): [position: number, weight: number][] {
  const scale = length / shorter;
  const weigh = (distance: number) => {
    if (distance < 1) return (1.5 * distance - 2.5) * distance ** 2 + 1;
    return distance < 2 ? -0.5 * (((distance - 5) * distance + 8) * distance - 4) : 0;
  };
  const raw = Array.from({ length }, (_, i) => weigh(Math.abs((i + 0.5) / scale - (x + 0.5))));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight, i) => [i, weight / sum] as [number, number]).filter(([, w]) => w !== 0);
}

test('a large picture is scaled by cubic convolution, as Pillow scales it', async () => {
  const side = 300;
  const raw = busyPixels(side, side);
  const file = await sharp(raw, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
  const decoded = await pixels(file, 224);
  let largest = 0;
  for (let at = 0; at < 224; at += 9) {
    const [x, y] = [at, (at * 5) % 224];
    let exact = 0;
    for (const [row, down] of cubicWeights(y + 16, side, 256)) {
      for (const [column, across] of cubicWeights(x + 16, side, 256)) {
        exact += down * across * (raw[(row * side + column) * 3] as number);
      }
    }
    const expected = Math.max(0, Math.min(255, exact));
    const value = decoded[(y * 224 + x) * 3] as number;
    largest = Math.max(largest, Math.abs(value - expected));
  }
  // The picture is noise: the default kernel (Lanczos) is 17 off.
  expect(largest).toBeLessThan(3);
});

test('alpha is laid over white', async () => {
  const clear = { r: 255, g: 0, b: 0, alpha: 0 };
  const file = await sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
    .png()
    .toBuffer();
  expect(await colourAt(file, 8, 3, 3)).toEqual([255, 255, 255]);
  const half = { r: 255, g: 0, b: 0, alpha: 0.5 };
  const halfClear = await sharp({
    create: { width: 20, height: 30, channels: 4, background: half },
  })
    .webp({ lossless: true })
    .toBuffer();
  const [red, green] = await colourAt(halfClear, 8, 3, 3);
  expect(red).toBe(255);
  expect(Math.abs((green ?? 0) - 127)).toBeLessThanOrEqual(1);
});

test('grey, 16-bit, WebP and CMYK files become RGB', async () => {
  const grey = await plain(8, 8, '#808080').toColourspace('b-w').png().toBuffer();
  expect((await sharp(grey).metadata()).channels).toBe(1);
  expect(await colourAt(grey, 8, 0, 0)).toEqual([128, 128, 128]);

  const deep = await plain(8, 8, '#ff8000').toColourspace('rgb16').png().toBuffer();
  expect((await sharp(deep).metadata()).depth).toBe('ushort');
  expect(await colourAt(deep, 8, 0, 0)).toEqual([255, 128, 0]);

  const webp = await plain(8, 8, '#0040ff').webp({ lossless: true }).toBuffer();
  expect(await colourAt(webp, 8, 0, 0)).toEqual([0, 64, 255]);

  const cmyk = await plain(8, 8, '#ff0000').toColourspace('cmyk').jpeg().toBuffer();
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
  const [red = 0, green = 255, blue = 255] = await colourAt(cmyk, 8, 0, 0);
  expect(red).toBeGreaterThan(200);
  expect(Math.max(green, blue)).toBeLessThan(80);
});

test('a picture is turned as its EXIF orientation says', async () => {
  const top = await plain(16, 8, '#00ff00').png().toBuffer();
  const upright = plain(16, 16, '#ff0000').composite([{ input: top, left: 0, top: 0 }]);
  // Orientation 6: the stored top is the right-hand side of what is seen.
  const file = await upright.withMetadata({ orientation: 6 }).png().toBuffer();
  expect(await colourAt(file, 16, 14, 8)).toEqual([0, 255, 0]);
  expect(await colourAt(file, 16, 1, 8)).toEqual([255, 0, 0]);
});

test('a damaged file is rejected with a reason', async () => {
  const jpeg = await busyJpeg(64, 64);
  const image = await png('#336699', 64);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
  const damaged = {
    empty: Buffer.alloc(0),
    text: Buffer.from('not a picture'),
    svg,
    'half a JPEG': jpeg.subarray(0, jpeg.length / 2),
    'a JPEG without its last 100 bytes': jpeg.subarray(0, jpeg.length - 100),
    'half a PNG': image.subarray(0, image.length / 2),
    'a JPEG header': jpeg.subarray(0, 4),
  };
  for (const [name, file] of Object.entries(damaged)) {
    const decoded = await decodeImage(file, 32);
    expect(decoded, name).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(/\w/) });
  }
});

test('a picture of too many pixels is rejected before it is unpacked', async () => {
  const file = await png('#000000');
  // Width and height in the PNG's first chunk, which ends with its checksum.
  file.writeUInt32BE(10_001, 16);
  file.writeUInt32BE(10_001, 20);
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29);
  expect(await decodeImage(file, 8)).toMatchObject({
    kind: 'rejected',
    reason: expect.stringMatching(/pixel limit/),
  });
});

test.each([
  ['VipsJpeg: out of memory --- size == 40MB', true],
  ['unable to malloc 1200 bytes', true],
  ['Cannot allocate memory', true],
  ['VipsJpeg: premature end of JPEG image', false],
  ['Input image exceeds pixel limit', false],
])('"%s" says %s of memory, not of the file', (message, expected) => {
  expect(isOutOfMemory(new Error(message))).toBe(expected);
});
