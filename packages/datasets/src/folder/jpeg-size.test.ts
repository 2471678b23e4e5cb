import sharp from 'sharp';
import { expect, test } from 'vitest';
import { busyPixels, plain } from '../temp-folder.fixture.ts';
import { plainJpegSize } from './jpeg-size.ts';

const raw = { raw: { width: 61, height: 37, channels: 3 } } as const;
const busy = () => sharp(busyPixels(61, 37), raw);

test('baseline, progressive, grey and CMYK files tell their size', async () => {
  const files = [
    busy().jpeg(),
    busy().jpeg({ progressive: true }),
    busy().toColourspace('b-w').jpeg(),
    busy().toColourspace('cmyk').jpeg(),
    busy().jpeg().withIccProfile('p3'),
  ];
  for (const file of files) {
    expect(plainJpegSize(await file.toBuffer())).toEqual({ width: 61, height: 37 });
  }
});

test('files with EXIF data, of other formats and cut ones are left to the decoder', async () => {
  const turned = await busy().jpeg().withMetadata({ orientation: 6 }).toBuffer();
  expect(plainJpegSize(turned)).toBe(null);
  expect(plainJpegSize(await plain(8, 8, '#808080').png().toBuffer())).toBe(null);
  const whole = await busy().jpeg().toBuffer();
  const start = whole.indexOf(Buffer.of(0xff, 0xc0));
  for (let length = 0; length < start + 9; length += 1) {
    expect(plainJpegSize(whole.subarray(0, length))).toBe(null);
  }
  expect(plainJpegSize(Buffer.from([0xff, 0xd8, ...new Array(60).fill(0)]))).toBe(null);
});
