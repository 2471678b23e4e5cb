import { open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowBytes } from '../features/feature-files.ts';
import type { StoredSource } from '../features/feature-source.ts';
import { TinyCompute } from '../testing/tiny-compute.ts';

let tiny: TinyCompute;
beforeAll(async () => {
  tiny = await TinyCompute.open();
});
afterAll(async () => {
  await tiny.close();
});

async function storedSource(changes = {}): Promise<StoredSource> {
  const source = await tiny.features(tiny.spec.distil, changes);
  if (source.kind !== 'stored') throw new Error('tiny features fit the disk');
  return source;
}

/** Trains the cell on these features; what it says of them, too. */
async function train(features: StoredSource) {
  const { listener, warnings, uses, points } = tiny.recorder();
  const request = await tiny.distilRequest({}, { features });
  const { weights } = await tiny.run('distil', request, { listener });
  return { weights, warnings, use: uses[0], loss: points.get('loss') };
}

/** The second draw's features after the second block: read in the second epoch only. */
function fileOf({ folder, groups }: StoredSource): string {
  const group = groups.find((one) => one.group.kind === 'train' && one.group.variant === 1);
  return path.join(folder, group?.files[1] ?? '');
}

const damages: [string, (file: string) => Promise<void>, number][] = [
  [
    'with an altered byte',
    async (file) => {
      const bytes = await readFile(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
    1,
  ],
  ['that was cut off', (file) => truncate(file, 30 * rowBytes({ length: 48, dtype: 'f32' })), 18],
  ['that was deleted', (file) => rm(file), 48],
  [
    'full of zeros',
    async (file) => {
      const handle = await open(file, 'r+');
      await handle.write(new Uint8Array((await handle.stat()).size), 0, null, 0);
      await handle.close();
    },
    48,
  ],
];

test.each(damages)(
  'a file %s is mended by who reads it, to the same training',
  async (_, harm, rows) => {
    const source = await storedSource();
    const whole = await train(source);
    expect(whole.warnings).toEqual([]);
    const before = await readFile(fileOf(source));
    await harm(fileOf(source));
    const mended = await train(source);
    expect(mended.weights).toEqual(whole.weights);
    expect(mended.warnings).toEqual([
      `Rows of the stored teacher features ${path.basename(fileOf(source))} are missing or damaged; they are computed again.`,
    ]);
    expect(mended.use?.misses).toBe(rows);
    expect(await readFile(fileOf(source))).toEqual(before);
    expect((await train(source)).use?.misses).toBe(0);
  },
);

test('a file that is damaged in the middle of a training does not fail it', async () => {
  const source = await storedSource();
  const whole = await train(source);
  const { listener, warnings } = tiny.recorder();
  const request = await tiny.distilRequest({ checkpointEverySteps: 1 }, { features: source });
  const checkpoint = listener.onCheckpoint;
  const harmed: Promise<void>[] = [];
  const { weights } = await tiny.run('distil', request, {
    listener: {
      ...listener,
      onCheckpoint: (step, bytes) => {
        checkpoint(step, bytes);
        if (step === 1) harmed.push(truncate(fileOf(source), 1000));
      },
    },
  });
  await Promise.all(harmed);
  expect(harmed).toHaveLength(1);
  expect(weights).toEqual(whole.weights);
  // It may have read what it needed before the harm was done; then the next one mends it.
  const next = await train(source);
  expect(next.weights).toEqual(whole.weights);
  expect(warnings.length + next.warnings.length).toBeGreaterThan(0);
});

test('hits, misses, bytes and time are told of every task', async () => {
  const { use } = await train(await storedSource());
  // Two epochs of 48 images, and what the rating loss looks at: 12 rating and 16 calibration images.
  expect(use).toMatchObject({ hits: 2 * 48 + 12 + 16, misses: 0, seconds: 0 });
  const row = tiny.teacher.cuts
    .slice(1)
    .reduce((sum, { size, channels }) => sum + 4 * size ** 2 * channels + 4, 0);
  expect(use?.bytesRead).toBe((use?.hits ?? 0) * row);
  expect(use?.savedSeconds).toBeGreaterThan(0);
});

test('f16 takes half the disk; the training goes nearly the same way', async () => {
  const [f32, f16] = [await storedSource(), await storedSource({ dtype: 'f16' })];
  expect(fileOf(f16)).not.toBe(fileOf(f32));
  const [long, short] = [await readFile(fileOf(f32)), await readFile(fileOf(f16))];
  const share = (short.length - 48 * 4) / (long.length - 48 * 4);
  expect(share).toBe(0.5);
  const [exact, rounded] = [await train(f32), await train(f16)];
  expect(rounded.weights).not.toEqual(exact.weights);
  for (const [i, { value }] of (exact.loss ?? []).entries()) {
    expect(Math.abs((rounded.loss?.[i]?.value ?? 0) / value - 1)).toBeLessThan(0.01);
  }
});
