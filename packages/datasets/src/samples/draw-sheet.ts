import sharp from 'sharp';
import { imageBytes } from '../dataset.ts';
import type { ChannelStatistics } from '../normalisation.ts';

/** Images side by side on a sheet. */
export const sheetColumns = 8;

/**
 * Images on one sheet, row by row, at their own size: a PNG, whose pixels are exactly theirs. The rest of
 * the last row is black.
 *
 * @param x normalised by the given mean and deviation, [count, size, size, 3] NHWC
 */
export async function drawSheet(
  x: Float32Array,
  size: number,
  { mean, std }: ChannelStatistics,
): Promise<Uint8Array> {
  const count = x.length / imageBytes(size);
  const rows = Math.ceil(count / sheetColumns);
  const width = size * sheetColumns;
  const pixels = new Uint8Array(width * size * rows * 3);
  const line = size * 3;
  for (let image = 0; image < count; image++) {
    const left = (image % sheetColumns) * line;
    const top = Math.floor(image / sheetColumns) * size;
    for (let y = 0; y < size; y++) {
      const from = (image * size + y) * line;
      const to = (top + y) * width * 3 + left;
      for (let i = 0; i < line; i++) {
        const channel = i % 3;
        const value = (x[from + i] ?? 0) * (std[channel] ?? 1) + (mean[channel] ?? 0);
        pixels[to + i] = Math.round(255 * value);
      }
    }
  }
  const raw = { width, height: size * rows, channels: 3 } as const;
  return new Uint8Array(await sharp(pixels, { raw }).png().toBuffer());
}
