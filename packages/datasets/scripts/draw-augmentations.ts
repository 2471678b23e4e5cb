/**
 * Draws docs/pictures/augmentations.png: what every level of augmentation, mixup and CutMix make of
 * two procedural images. Run by hand with `pnpm --filter @blockwise/datasets pictures`. Labels need
 * a sans-serif font on the machine.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Augment } from '@blockwise/contracts';
import sharp, { type OverlayOptions } from 'sharp';
import { augmentations, fillBatch, type ImageSet, mixBatch } from '../src/index.ts';
import { loadDataset } from '../src/source.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const target = path.join(root, 'docs', 'pictures', 'augmentations.png');

const size = 72;
const gap = 6;
const labelWidth = 125;
/** Of each of the two images. */
const draws = 6;
const seed = 4;

const { info, train } = await loadDataset({
  kind: 'procedural',
  seed: 12,
  classes: 4,
  size,
  trainPerClass: 3,
  testPerClass: 1,
});
/** Positions in the training part: a disc and a cross. */
const chosen = [0, 6];

interface Row {
  readonly label: string;
  readonly images: Uint8Array[];
}

function levelRow(set: ImageSet, level: Augment): Row {
  const images = chosen.flatMap((image) =>
    Array.from({ length: draws }, (_, epoch) => {
      const out = new Float32Array(size * size * 3);
      fillBatch(set, [image], info, { augment: level, seed, epoch }, out);
      return toPixels(out);
    }),
  );
  return { label: level, images };
}

/** One batch per pair of columns: the two images, mixed with each other. */
function mixRow(set: ImageSet, label: string, alphas: { mixup: number; cutmix: number }): Row {
  const step = size * size * 3;
  const batches = Array.from({ length: draws }, (_, at) => {
    const x = new Float32Array(2 * step);
    fillBatch(set, chosen, info, { augment: 'none' }, x);
    mixBatch({ x, labels: [0, 1], classes: 2, labelSmoothing: 0, ...alphas, seed, step: at });
    return x;
  });
  const images = [0, 1].flatMap((side) =>
    batches.map((x) => toPixels(x.subarray(side * step, (side + 1) * step))),
  );
  return { label, images };
}

/** Normalised numbers [size, size, 3] as values 0..255. */
function toPixels(normalised: Float32Array): Uint8Array {
  return Uint8Array.from(normalised, (number, i) => {
    const channel = (i % 3) as 0 | 1 | 2;
    const value = 255 * (number * info.std[channel] + info.mean[channel]);
    return Math.round(Math.max(0, Math.min(255, value)));
  });
}

const levels = Object.keys(augmentations) as Augment[];
const rows = [
  ...levels.map((level) => levelRow(train, level)),
  mixRow(train, 'mixup, α 1', { mixup: 1, cutmix: 0 }),
  mixRow(train, 'CutMix, α 1', { mixup: 0, cutmix: 1 }),
];
const width = labelWidth + 2 * draws * (size + gap) + 2 * gap;
const height = rows.length * (size + gap) + gap;

/** A wider gap parts the two images. */
const leftOf = (column: number) =>
  labelWidth + column * (size + gap) + (column >= draws ? 2 * gap : 0);
const topOf = (row: number) => gap + row * (size + gap);

const tiles = rows.flatMap(({ images }, row) =>
  images.map((pixels, column): OverlayOptions => {
    const raw = { width: size, height: size, channels: 3 } as const;
    return { input: Buffer.from(pixels), raw, left: leftOf(column), top: topOf(row) };
  }),
);
const labels = rows.map(
  ({ label }, row) =>
    `<text x="${gap}" y="${topOf(row) + size / 2 + 5}" font-family="sans-serif" font-size="16">${label}</text>`,
);
const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${labels.join('')}</svg>`;
await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
  .composite([...tiles, { input: Buffer.from(text), left: 0, top: 0 }])
  .png({ palette: true, effort: 10 })
  .toFile(target);
console.log(`${rows.length} rows in ${target}`);
