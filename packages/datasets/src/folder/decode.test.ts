import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { busyJpeg, busyPixels, plain, png } from '../temp-folder.fixture.ts';
import { decodeImage } from './decode.ts';

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
