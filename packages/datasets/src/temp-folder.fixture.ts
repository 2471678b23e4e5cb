import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';

/** An empty folder that is removed when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blockwise-datasets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder; keys are relative paths. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** A picture of one colour, for sharp to encode. */
export function plain(width: number, height: number, background: string) {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A valid PNG of one colour. */
export function png(background: string, size = 8): Promise<Buffer> {
  return plain(size, size, background).png().toBuffer();
}

/** A picture with detail everywhere, so that a cut JPEG is seen to be cut. */
export function busyPixels(width: number, height: number): Buffer {
  return Buffer.from(
    Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256),
  );
}

/** A JPEG with detail. */
export function busyJpeg(width: number, height: number): Promise<Buffer> {
  return sharp(busyPixels(width, height), { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** Two classes with `perClass` training images each and one test image each. */
export async function writeSmallFolder(folder: string, perClass = 3): Promise<void> {
  for (const [name, colour] of [
    ['cat', '#c01010'],
    ['dog', '#1010c0'],
  ] as const) {
    const image = await png(colour);
    const files = Array.from({ length: perClass }, (_, i) => [`train/${name}/${i}.png`, image]);
    await writeFiles(folder, Object.fromEntries([...files, [`test/${name}/0.png`, image]]));
  }
}
